package dev.sparrow.cli;

import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.sparse.DensityEvent;
import dev.sparrow.sparse.TopologyUpdate;
import dev.sparrow.train.BatchReport;
import dev.sparrow.train.RunPlan;
import dev.sparrow.train.TrainingListener;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells people what a training run does, and has log messages written to the run's log.txt from its start on. */
final class TrainingProgress implements TrainingListener, AutoCloseable {

  private final ProgressDisplay display;
  private final LongSupplier nanoTime;
  private Optional<Course> course = Optional.empty();
  private long batchesDone;

  /** What is known once the run has started. */
  private record Course(RunPlan plan, RemainingTime remaining, LogSetup.OpenLog log) {}

  /**
   * A teller.
   *
   * @param display where to
   * @param nanoTime the clock
   */
  TrainingProgress(ProgressDisplay display, LongSupplier nanoTime) {
    this.display = display;
    this.nanoTime = nanoTime;
  }

  @Override
  public void runStarted(RunPlan plan) {
    RunConfig config = plan.config();
    long batches = (long) (config.epochs() - plan.startEpoch()) * plan.iterationsPerEpoch();
    course = Optional.of(new Course(plan, new RemainingTime(batches, nanoTime), LogSetup.to(new RunFolder(plan.folder()).log())));
    display.line(
        Texts.format(
            "training %s (%s): %s, width %d, %s; %s with %,d/%,d/%,d training/validation/test images; %d epochs; %s, %s, %d threads; "
                + "run folder %s",
            config.method().label(),
            config.objective().label(),
            config.network().arch().label(),
            config.network().width(),
            parameters(plan),
            config.data().dataset().label(),
            plan.trainImages(),
            plan.validationImages(),
            plan.testImages(),
            config.epochs(),
            plan.device(),
            plan.precision().name().toLowerCase(Locale.ROOT),
            plan.threads(),
            plan.folder()));
    if (plan.startEpoch() > 0) {
      display.line("resumed at epoch " + (plan.startEpoch() + 1));
    }
  }

  private static String parameters(RunPlan plan) {
    if (plan.config().method().isDense()) {
      return Texts.format("%,d parameters", plan.parameters());
    }
    return Texts.format(
        "density %s%s, %,d of %,d parameters active",
        plan.config().sparsity().density().value(), firstMasks(plan.config().prune()), plan.activeParameters(), plan.parameters());
  }

  /** Where the first masks come from, unless they are random. */
  private static String firstMasks(PruneConfig prune) {
    if (prune.ticket().isPresent()) {
      return " by the ticket " + prune.ticket().get();
    }
    boolean usual = prune.scorer() == ScorerKind.RANDOM && prune.effectiveScope() == PruneScope.LAYER;
    return usual ? "" : " by " + prune.scorer().label() + " (" + prune.effectiveScope().label() + ")";
  }

  @Override
  public void batchFinished(BatchReport report) {
    batchesDone++;
    String details =
        Texts.format(
            "loss %.3f, accuracy %.1f %%, %.0f images/s%s", report.loss(), 100 * report.accuracy(), report.imagesPerSecond(), remaining());
    display.progress("epoch " + (report.epoch() + 1) + "/" + epochs(), report.batch(), report.batches(), details);
  }

  @Override
  public void topologyUpdated(TopologyUpdate update) {
    String decision = update.event() == DensityEvent.NONE ? "" : ", " + update.event().label();
    display.line(
        Texts.format(
            "  iteration %,d: topology update, %,d weights dropped, %,d grown, density %.4f, drop fraction %.4f%s",
            update.iteration(), update.dropped(), update.grown(), update.density(), update.dropFraction(), decision));
  }

  @Override
  public void evaluating(String what, int done, int total) {
    display.progress("evaluating, " + what, done, total, "");
  }

  @Override
  public void epochFinished(EpochRecord epoch) {
    String test = epoch.test().map(accuracy -> "; test " + accuracies(accuracy.clean(), accuracy.robust())).orElse("");
    display.line(
        Texts.format(
            "epoch %d/%d: loss %.3f, training accuracy %.1f %%; validation %s%s; density %.4f; %.0f images/s%s",
            epoch.epoch() + 1,
            epochs(),
            epoch.trainLoss(),
            100 * epoch.trainAccuracy(),
            accuracies(epoch.validation().clean(), epoch.validation().robust()),
            test,
            epoch.density(),
            epoch.imagesPerSecond(),
            remaining()));
  }

  @Override
  public void close() {
    course.ifPresent(known -> known.log().close());
  }

  private static String accuracies(double clean, double robust) {
    return Texts.format("%.1f %% clean, %.1f %% robust", 100 * clean, 100 * robust);
  }

  private int epochs() {
    return course.orElseThrow().plan().config().epochs();
  }

  private String remaining() {
    return course
        .filter(known -> batchesDone > 0)
        .map(known -> ", about " + Texts.duration(known.remaining().after(batchesDone)) + " left")
        .orElse("");
  }
}
