package dev.sparrow.train;

import dev.sparrow.arch.InferenceCost;
import dev.sparrow.attack.AttackFailure;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.Progress;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.BatchLoader;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DataSplits;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.EpochHistory;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.schedule.LearningRate;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epochs of a run, from the start or from the last checkpoint:
 *
 * <pre>
 * for epoch:
 *   for batch:  step, listeners, checkpoint when due, stop when asked
 *   validation; test when due, on the last epoch and on a new best one
 *   sparsity.afterEpoch, metrics, pictures, best checkpoints, last checkpoint
 * until the last epoch, or the sparsity method is complete
 * training-set robust accuracy, result.json
 * </pre>
 *
 * <p>All randomness is a function of the root seed and the position, evaluation touches no state, and a checkpoint holds the rest. So a
 * resumed run equals an uninterrupted one bit for bit on the CPU, wherever it was interrupted.
 */
final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final int LOADER_THREADS = 1;

  private final RunConfig config;
  private final RunFolder folder;
  private final DataSplits data;
  private final Trainee trainee;
  private final TrainingStep step;
  private final LearningRate learningRate;
  private final InferenceCost cost;
  private final int batchesPerEpoch;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final EpochEvaluation evaluation;
  private final List<EpochRecord> history = new ArrayList<>();
  private Progress progress = Progress.START;
  private double activeMacs;

  /** Takes a network that was built for the configuration, its masks not made yet. */
  TrainingLoop(RunConfig config, RunFolder folder, DataSplits data, Trainee trainee, TrainingListener listener, StopSignal stop) {
    this.config = config;
    this.folder = folder;
    this.data = data;
    this.trainee = trainee;
    this.listener = listener;
    this.stop = stop;
    this.batchesPerEpoch = batchesPerEpoch(config, data);
    this.step = new TrainingStep(config, trainee);
    this.learningRate =
        LearningRate.of(
            config.optimizer().lrSchedule(), config.optimizer().lr(), config.optimizer().lrMilestones(), config.epochs(), batchesPerEpoch);
    this.cost = InferenceCost.of(trainee.blueprint());
    this.evaluation = new EpochEvaluation(config, trainee, data, listener, stop);
  }

  /** Optimizer steps of an epoch; the last batch may be smaller. */
  static int batchesPerEpoch(RunConfig config, DataSplits data) {
    return (data.train().size() + config.batchSize() - 1) / config.batchSize();
  }

  /** Makes the first masks, or loads the last checkpoint. Writes nothing. */
  void start() throws IOException {
    if (Checkpoint.exists(folder.lastCheckpoint())) {
      restore();
    } else {
      trainee.start(folder.ticket(), Batches.evaluation(data.train(), config.batchSize()), config.seed());
    }
    activeMacs = cost.activeMacs(trainee.sparsity().masks().densities());
  }

  /** Trains to the end, or until a stop signal, which leaves the state saved; after {@link #start}. */
  ResultRecord run() throws IOException {
    try (RunArtifacts artifacts = new RunArtifacts(folder, config, progress.epoch())) {
      listener.runStarted(RunPlan.of(config, folder, data, trainee, batchesPerEpoch, progress.epoch()));
      LOG.info("engine: {}", trainee.model().description());
      try {
        saveForRewindingWhenDue(artifacts);
        while (!isOver()) {
          trainEpoch(artifacts);
          finishEpoch(artifacts);
        }
        return finish(artifacts);
      } catch (TrainingInterrupted e) {
        save(artifacts, folder.lastCheckpoint());
        artifacts.interrupted(history);
        throw e;
      } catch (AttackFailure e) {
        throw TrainingDiverged.orDefect(e, progress.epoch(), progress.iteration());
      }
    }
  }

  private boolean isOver() {
    return progress.epoch() == config.epochs() || trainee.sparsity().isComplete();
  }

  private void restore() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(folder.lastCheckpoint())) {
      checkpoint.checkConfig(ConfigHash.acrossEngines(config));
      trainee.restore(checkpoint);
      progress = checkpoint.manifest().progress();
      history.addAll(checkpoint.manifest().history());
      LOG.info("resumed at epoch {}, batch {}", progress.epoch(), progress.batch());
    }
  }

  private void trainEpoch(RunArtifacts artifacts) {
    Batches batches = Batches.training(data.train(), data.augmentation(), config.batchSize(), config.seed(), progress.epoch());
    try (BatchLoader loader = new BatchLoader(batches, progress.batch(), LOADER_THREADS)) {
      while (loader.hasNext()) {
        stop.check();
        trainBatch(loader.next());
        int every = config.runtime().checkpointEvery();
        if (every > 0 && progress.iteration() % every == 0 && loader.hasNext()) {
          save(artifacts, folder.lastCheckpoint());
        }
      }
    }
  }

  private void trainBatch(Batch batch) {
    long start = System.nanoTime();
    TrainingStep.Outcome outcome = step.run(batch, progress.epoch(), progress.iteration(), learningRate.at(progress.iteration()));
    double seconds = (System.nanoTime() - start) / 1e9;
    progress = progress.afterBatch(batch.size(), outcome.loss(), outcome.correct(), seconds, activeMacs);
    outcome.update().ifPresent(
        update -> {
          progress = progress.afterUpdate(update.event());
          activeMacs = cost.activeMacs(trainee.sparsity().masks().densities());
          LOG.info("{}", update);
          listener.topologyUpdated(update);
        });
    listener.batchFinished(BatchReport.of(progress, batchesPerEpoch));
  }

  private void finishEpoch(RunArtifacts artifacts) {
    trainee.checkFinite(progress);
    EpochRecord.Validation validation = evaluation.validation();
    EpochHistory before = new EpochHistory(config.method(), history);
    boolean bestRobust = before.wouldBeMostRobust(validation, trainee.sparsity().masks().density());
    boolean bestClean = before.wouldBeCleanest(validation, trainee.sparsity().masks().density());
    boolean last = progress.epoch() == config.epochs() - 1;
    boolean due = (progress.epoch() + 1) % config.testEvery() == 0;
    Optional<EpochRecord.Test> test = due || last || bestRobust ? Optional.of(evaluation.test()) : Optional.empty();
    EpochRecord epoch = record(validation, test);
    trainee.sparsity().afterEpoch(trainee.model(), epoch.signals()); // after the evaluations: an interrupted one is repeated, not this
    history.add(epoch);
    progress = progress.afterEpoch();
    artifacts.epochFinished(epoch, history);
    if (Snapshot.isDue(epoch.epoch(), config.epochs())) {
      artifacts.looked(epoch.epoch(), Snapshot.of(trainee, evaluation));
    }
    trainee.sparsity().settling().ifPresent(artifacts::masksCompared);
    saveForRewindingWhenDue(artifacts);
    if (bestRobust) {
      save(artifacts, folder.bestRobustCheckpoint());
    }
    if (bestClean) {
      save(artifacts, folder.bestCleanCheckpoint());
    }
    save(artifacts, folder.lastCheckpoint());
    LOG.info("{}", epoch);
    trainee.sparsity().settling().ifPresent(listener::masksCompared);
    listener.epochFinished(epoch);
  }

  private double trainAccuracy() {
    return (double) progress.correct() / progress.seen();
  }

  /** The weights that a ticket goes back to. Before {@code last}, so that a run that has passed the epoch has them. */
  private void saveForRewindingWhenDue(RunArtifacts artifacts) {
    boolean atTheEpoch = progress.batch() == 0 && config.earlyBird().rewindEpoch().equals(OptionalInt.of(progress.epoch()));
    if (config.method() == Method.EARLY_BIRD && atTheEpoch) {
      save(artifacts, folder.rewindCheckpoint());
    }
  }

  private EpochRecord record(EpochRecord.Validation validation, Optional<EpochRecord.Test> test) {
    MaskSet masks = trainee.sparsity().masks();
    return new EpochRecord(
        progress.epoch(),
        learningRate.at(progress.iteration() - 1),
        progress.lossSum() / progress.seen(),
        trainAccuracy(),
        validation,
        test,
        masks.isEmpty() ? 1 : masks.density(),
        trainee.sparsity().dropFraction(),
        trainee.sparsity().explored(),
        progress.event(),
        progress.seconds(),
        progress.seen() / progress.seconds());
  }

  private ResultRecord finish(RunArtifacts artifacts) throws IOException {
    Optional<Double> trainRobust = // a search for a ticket is not judged by its accuracy
        config.method() == Method.EARLY_BIRD ? Optional.empty() : Optional.of(evaluation.trainingSetRobustAccuracy());
    // A training that ends early did not know its last epoch.
    EpochRecord.Test test = history.get(history.size() - 1).test().orElseGet(evaluation::test);
    Results results = new Results(config, trainee, data.train().size(), progress, history);
    ResultRecord result = results.of(test, trainRobust, EarlyBirdSearch.resultIn(folder));
    artifacts.runFinished(result, history, evaluation.examples());
    LOG.info("{}", result);
    listener.runFinished(result);
    return result;
  }

  private void save(RunArtifacts artifacts, Path checkpoint) {
    trainee.checkFinite(progress);
    try (TensorScope scope = TensorScope.open()) {
      artifacts.saveCheckpoint(checkpoint, trainee.capture(ConfigHash.acrossEngines(config), progress, history));
    }
  }
}
