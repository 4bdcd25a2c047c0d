package dev.sparrow.train;

import dev.sparrow.arch.InferenceCost;
import dev.sparrow.attack.AttackFailure;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.Progress;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.BatchLoader;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DataSplits;
import dev.sparrow.data.Datasets;
import dev.sparrow.io.Json;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.RunLock;
import dev.sparrow.schedule.LearningRate;
import dev.sparrow.sparse.EpochSignals;
import dev.sparrow.sparse.SparsityStart;
import dev.sparrow.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run in a run folder, from the start or from its last checkpoint:
 *
 * <pre>
 * for epoch:
 *   for batch:  step, listeners, checkpoint when due, stop when asked
 *   validation; test when due, on the last epoch and on a new best one
 *   sparsity.afterEpoch, metrics, pictures, best checkpoints, last checkpoint
 * training-set robust accuracy, result.json
 * </pre>
 *
 * <p>All randomness is a function of the root seed and the position, evaluation touches no state, and a checkpoint holds the rest. So a
 * resumed run equals an uninterrupted one bit for bit on the CPU, wherever it was interrupted.
 */
public final class TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
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

  private TrainingRun(RunConfig config, RunFolder folder, DataSplits data, TrainingListener listener, StopSignal stop) {
    this.config = config;
    this.folder = folder;
    this.data = data;
    this.listener = listener;
    this.stop = stop;
    this.batchesPerEpoch = (data.train().size() + config.batchSize() - 1) / config.batchSize();
    this.trainee =
        Trainee.build(config, data.train().numClasses(), data.train().imageSize(), data.normalization(), batchesPerEpoch);
    this.step = new TrainingStep(config, trainee);
    this.learningRate =
        LearningRate.of(
            config.optimizer().lrSchedule(), config.optimizer().lr(), config.optimizer().lrMilestones(), config.epochs(), batchesPerEpoch);
    this.cost = InferenceCost.of(trainee.blueprint());
    this.evaluation = new EpochEvaluation(config, trainee, data, listener, stop);
  }

  /**
   * Runs a configuration to its end.
   *
   * @param config what to run; on resume the folder's own
   * @param root the run folder: new or empty, or with {@code resume} one that holds a run of the same configuration
   * @param resume whether to continue what the folder holds; from the start if it has no checkpoint yet
   * @param listener hears what happens
   * @param stop asks the run to save itself and stop
   * @return the result, which also stands in {@code result.json}
   * @throws dev.sparrow.BadInput if data, folder or checkpoint are not usable
   * @throws TrainingInterrupted if it was asked to stop; the state is saved
   * @throws TrainingDiverged if the loss is not finite; the last checkpoint is from before
   */
  public static ResultRecord execute(RunConfig config, Path root, boolean resume, TrainingListener listener, StopSignal stop) {
    DataSplits data =
        Datasets.open(
            config.data().dataset(), config.data().dir().map(Path::of), config.data().limitTrain(), config.data().limitTest());
    RunFolder folder = resume ? RunFolder.existing(root) : RunFolder.create(root);
    try (RunLock lock = folder.lock()) {
      if (resume) {
        RunArtifacts.checkSame(folder, config);
        if (folder.isFinished()) {
          LOG.info("already finished");
          return Json.read(folder.result(), ResultRecord.class);
        }
      } else {
        RunFolder.create(root); // looked at again: another process may have run in it until the lock was free
      }
      Tensors.setThreads(config.runtime().threads());
      TrainingRun run = new TrainingRun(config, folder, data, listener, stop);
      try (Trainee trainee = run.trainee) {
        if (!resume) {
          RunArtifacts.start(folder, config); // only now: what cannot be built (no such GPU or network) leaves the folder free
        }
        return run.execute();
      }
    }
  }

  private ResultRecord execute() {
    startOrRestore();
    try (RunArtifacts artifacts = new RunArtifacts(folder, config, progress.epoch())) {
      listener.runStarted(RunPlan.of(config, folder, data, trainee, batchesPerEpoch, progress.epoch()));
      try {
        while (progress.epoch() < config.epochs()) {
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

  private void startOrRestore() {
    Path last = folder.lastCheckpoint();
    if (Checkpoint.exists(last)) {
      try (Checkpoint checkpoint = Checkpoint.open(last)) {
        checkpoint.checkConfig(ConfigHash.of(config));
        trainee.restore(checkpoint);
        progress = checkpoint.manifest().progress();
        history.addAll(checkpoint.manifest().history());
        LOG.info("resumed at epoch {}, batch {}", progress.epoch(), progress.batch());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      Batches images = Batches.evaluation(data.train(), config.batchSize());
      trainee.sparsity().initialize(new SparsityStart(trainee.model(), trainee.device(), images, Optional.empty(), config.seed()));
    }
    activeMacs = cost.activeMacs(trainee.sparsity().masks().densities());
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
    listener.batchFinished(
        new BatchReport(
            progress.epoch(),
            progress.batch(),
            batchesPerEpoch,
            progress.lossSum() / progress.seen(),
            (double) progress.correct() / progress.seen(),
            progress.seen() / progress.seconds()));
  }

  private void finishEpoch(RunArtifacts artifacts) {
    trainee.checkFinite(progress);
    EpochRecord.Validation validation = evaluation.validation();
    boolean bestRobust = History.isBestRobust(history, validation);
    boolean bestClean = History.isBestClean(history, validation);
    boolean last = progress.epoch() == config.epochs() - 1;
    boolean due = (progress.epoch() + 1) % config.testEvery() == 0;
    Optional<EpochRecord.Test> test = due || last || bestRobust ? Optional.of(evaluation.test()) : Optional.empty();
    EpochRecord epoch = record(validation, test);
    trainee.sparsity().afterEpoch(trainee.model(), new EpochSignals(epoch.epoch(), epoch.trainAccuracy(), validation.robust(), validation.robustLoss()));
    history.add(epoch);
    progress = progress.afterEpoch();
    artifacts.epochFinished(epoch, history);
    if (bestRobust) {
      save(artifacts, folder.bestRobustCheckpoint());
    }
    if (bestClean) {
      save(artifacts, folder.bestCleanCheckpoint());
    }
    save(artifacts, folder.lastCheckpoint());
    LOG.info("{}", epoch);
    listener.epochFinished(epoch);
  }

  private EpochRecord record(EpochRecord.Validation validation, Optional<EpochRecord.Test> test) {
    MaskSet masks = trainee.sparsity().masks();
    return new EpochRecord(
        progress.epoch(),
        learningRate.at(progress.iteration() - 1),
        progress.lossSum() / progress.seen(),
        (double) progress.correct() / progress.seen(),
        validation,
        test,
        masks.isEmpty() ? 1 : masks.density(),
        trainee.sparsity().dropFraction(),
        trainee.sparsity().explored(),
        progress.event(),
        progress.seconds(),
        progress.seen() / progress.seconds());
  }

  private ResultRecord finish(RunArtifacts artifacts) {
    double trainRobust = evaluation.trainingSetRobustAccuracy();
    ResultRecord result = Results.of(config, trainee, data.train().size(), progress, history, trainRobust);
    artifacts.runFinished(result, history);
    LOG.info("{}", result);
    listener.runFinished(result);
    return result;
  }

  private void save(RunArtifacts artifacts, Path checkpoint) {
    trainee.checkFinite(progress);
    artifacts.saveCheckpoint(checkpoint, trainee.capture(ConfigHash.of(config), progress, history));
  }
}
