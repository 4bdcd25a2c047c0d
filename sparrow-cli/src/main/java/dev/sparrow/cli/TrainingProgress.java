package dev.sparrow.cli;

import dev.sparrow.checkpoint.TicketManifest;
import dev.sparrow.config.Method;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.sparse.DensityEvent;
import dev.sparrow.sparse.MaskSettling;
import dev.sparrow.sparse.TopologyUpdate;
import dev.sparrow.train.BatchReport;
import dev.sparrow.train.RunPlan;
import dev.sparrow.train.Stage;
import dev.sparrow.train.TrainingListener;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells people what a training run does, and has log messages written to the run's log.txt from the start of each stage on. */
final class TrainingProgress implements TrainingListener, AutoCloseable {

  private final ProgressDisplay display;
  private final LongSupplier nanoTime;
  private Optional<Stage> stage = Optional.empty();
  private Optional<Course> course = Optional.empty();
  private long batchesDone;

  /** What is known once the run, or a stage of it, has started. */
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
  public void stageStarted(Stage started, Path folder) {
    stage = Optional.of(started);
  }

  @Override
  public void runStarted(RunPlan plan) {
    close();
    batchesDone = 0;
    RunConfig config = plan.config();
    long batches = (long) (config.epochs() - plan.startEpoch()) * plan.iterationsPerEpoch();
    course = Optional.of(new Course(plan, new RemainingTime(batches, nanoTime), LogSetup.to(new RunFolder(plan.folder()).log())));
    display.line(
        Texts.format(
            "%straining %s (%s): %s, width %d, %s; %s with %,d/%,d/%,d training/validation/test images; %s%d epochs; %s, %s engine, %s, %d threads; "
                + "run folder %s",
            stage.map(now -> now.label() + ": ").orElse(""),
            config.method().label(),
            config.objective().label(),
            config.network().arch().label(),
            config.network().width(),
            parameters(plan),
            config.data().dataset().label(),
            plan.trainImages(),
            plan.validationImages(),
            plan.testImages(),
            searches(plan) ? "at most " : "",
            config.epochs(),
            plan.engine().device(),
            plan.engine().kind().label(),
            plan.engine().precision().name().toLowerCase(Locale.ROOT),
            plan.engine().threads(),
            plan.folder()));
    if (plan.startEpoch() > 0) {
      display.line("resumed at epoch " + (plan.startEpoch() + 1));
    }
  }

  private static String parameters(RunPlan plan) {
    if (plan.config().method().isDense()) {
      return Texts.format("%,d parameters", plan.parameters());
    }
    return Texts.format("%s, %,d of %,d parameters active", density(plan.config()), plan.activeParameters(), plan.parameters());
  }

  /** The density, and where the first masks come from, unless they are random or the method's own. */
  private static String density(RunConfig config) {
    PruneConfig prune = config.prune();
    String density = "density " + config.sparsity().density().value();
    if (prune.ticket().isPresent()) {
      return density + " by the ticket " + prune.ticket().get();
    }
    if (config.method() == Method.GRADUAL) {
      return "from dense to " + density;
    }
    boolean random = prune.scorer() == ScorerKind.RANDOM && prune.effectiveScope() == PruneScope.LAYER;
    boolean own = config.method() == Method.ROBUST_BIRD;
    return random || own ? density : density + " by " + prune.scorer().label() + " (" + prune.effectiveScope().label() + ")";
  }

  @Override
  public void batchFinished(BatchReport report) {
    batchesDone++;
    String details =
        Texts.format(
            "loss %.3f, accuracy %.1f %%, %.0f images/s%s", report.loss(), 100 * report.accuracy(), report.imagesPerSecond(), remaining());
    display.progress(epoch(report.epoch()), report.batch(), report.batches(), details);
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
  public void masksCompared(MaskSettling settling) {
    if (!settling.latest().isEmpty()) {
      display.line("  " + TicketTexts.settling(settling));
    }
  }

  @Override
  public void ticketDrawn(TicketManifest ticket) {
    display.line("ticket drawn: " + TicketTexts.describe(ticket));
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
            "%s: loss %.3f, training accuracy %.1f %%; validation %s%s; density %.4f; %.0f images/s%s",
            epoch(epoch.epoch()),
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
    course = Optional.empty();
  }

  private static String accuracies(double clean, double robust) {
    return Texts.format("%.1f %% clean, %.1f %% robust", 100 * clean, 100 * robust);
  }

  private String epoch(int number) {
    return stage.map(now -> now.label() + ", ").orElse("") + "epoch " + (number + 1) + "/" + course.orElseThrow().plan().config().epochs();
  }

  /** An early-bird training may end before its last epoch. */
  private String remaining() {
    return course
        .filter(known -> batchesDone > 0)
        .map(known -> (searches(known.plan()) ? ", at most " : ", about ") + Texts.duration(known.remaining().after(batchesDone)) + " left")
        .orElse("");
  }

  private static boolean searches(RunPlan plan) {
    return plan.config().method() == Method.EARLY_BIRD;
  }
}
