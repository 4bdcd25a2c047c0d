package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Search;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.eval.CascadeState.Counts;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a cascade, from the beginning or from a stored state to the end. */
final class CascadeRun {

  private static final NamedTensors NOTHING = new NamedTensors(Map.of());

  private final CascadeSetting setting;
  private final CascadeStore store;
  private final CascadeListener listener;
  private final Batches images;
  private final AttackSelection selection;
  private final List<Attack> attacks;
  private final Outcomes outcomes;
  private final Subject subject;
  private final SavePace pace = new SavePace();
  private final long start = System.nanoTime();
  private final List<AttackReport> finished = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private double secondsBefore;

  CascadeRun(CascadeSetting setting, CascadeStore store, CascadeListener listener, Batches images, AttackSelection selection) {
    this.setting = setting;
    this.store = store;
    this.listener = listener;
    this.images = images;
    this.selection = selection;
    this.attacks = selection.attacks();
    this.outcomes = new Outcomes(CleanPass.labels(images), attacks.size());
    this.subject = store.keeps() ? Subject.of(setting, images, attacks) : new Subject(Map.of());
  }

  CascadeResult toItsEnd() {
    Optional<CascadeState> stored = store.load(subject, setting.device());
    stored.ifPresentOrElse(this::resume, this::begin);
    while (finished.size() < attacks.size()) {
      attack();
    }
    findings.addAll(PostFlight.check(attacks, finished, outcomes.size()));
    store.remove();
    return new CascadeResult(outcomes, finished, findings, seconds());
  }

  private void begin() {
    CleanPass.run(setting, images, outcomes, listener);
    findings.addAll(selection.findings());
    if (images.count() > 0) {
      Batch first = images.get(0);
      try (TensorScope scope = TensorScope.open()) {
        DeviceBatch batch = DeviceBatch.of(first.images(), first.labels(), first.imageSize(), setting.device());
        findings.addAll(PreFlight.check(setting, batch, attacks));
      }
      findings.forEach(listener::found);
    }
  }

  /** Goes on with the attack that was interrupted. */
  private void resume(CascadeState state) {
    Counts counts = state.counts();
    outcomes.restore(state.outcomes());
    finished.addAll(counts.finished());
    findings.addAll(counts.findings());
    secondsBefore = counts.seconds();
    listener.resumed(counts.running().name(), outcomes.standing(finished.size() + 1));
    attack(counts.running(), counts.position(), state.stage());
  }

  private void attack() {
    String name = attacks.get(finished.size()).name();
    AttackReport nothingYet = AttackReport.start(name, outcomes.accuracy(finished.size()));
    pace.save(() -> save(nothingYet, 0, NOTHING));
    attack(nothingYet, 0, NOTHING);
  }

  private void attack(AttackReport before, int position, NamedTensors state) {
    int number = finished.size() + 1;
    try (Course course = new Course(setting, images, outcomes, attacks.get(number - 1), number, before);
        Stage stage = stage(course, position, state)) {
      int total = outcomes.standing(number - 1);
      while (stage.step()) {
        listener.progress(before.name(), course.report().attacked() - stage.inFlight(), total, outcomes.standing(number));
        boolean stop = listener.stopRequested();
        if (stop || pace.isDue()) {
          pace.save(() -> save(course.report(), stage.position(), stage.state()));
        }
        if (stop) {
          throw new EvaluationInterrupted();
        }
      }
      finished.add(course.report());
    }
    listener.attackFinished(finished.get(number - 1));
  }

  private static Stage stage(Course course, int position, NamedTensors state) {
    return course.attack() instanceof Search search
        ? new SearchStage(course, search, position, state)
        : new BatchStage(course, position);
  }

  private void save(AttackReport running, int position, NamedTensors stage) {
    if (store.keeps()) {
      Counts counts = new Counts(subject.parts(), finished, running, position, findings, seconds());
      store.save(new CascadeState(counts, outcomes.stages(), stage));
    }
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }
}
