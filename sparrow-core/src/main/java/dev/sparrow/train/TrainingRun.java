package dev.sparrow.train;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.DataSplits;
import dev.sparrow.data.Datasets;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.engine.Workload;
import dev.sparrow.io.Json;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.RunLock;
import dev.sparrow.sparse.SparsityMethods;
import dev.sparrow.sparse.SparsityRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run in a run folder, new or resumed:
 *
 * <pre>
 * open the data, take the folder
 * put the ticket into the folder, if there is to be one: a copy, or what the first stage of Robust Bird finds
 * make the first masks, or load the last checkpoint
 * train
 * </pre>
 *
 * <p>Each step leaves something behind by which a resumed run knows that it is done, so a run may be interrupted and killed anywhere. The
 * configuration, which makes the folder that of a run, is stored before the first step that leaves anything, and after all that may be
 * refused: what cannot be built or started from leaves the folder free.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final RunConfig config;
  private final DataSplits data;
  private final SparsityRecipe recipe;
  private final TrainingListener listener;
  private final StopSignal stop;

  /** A run on data that were opened for it. */
  TrainingRun(RunConfig config, DataSplits data, TrainingListener listener, StopSignal stop) {
    this(config, data, SparsityMethods::create, listener, stop);
  }

  private TrainingRun(RunConfig config, DataSplits data, SparsityRecipe recipe, TrainingListener listener, StopSignal stop) {
    this.config = config;
    this.data = data;
    this.recipe = recipe;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Runs a configuration to its end, in a folder of its own and without anyone listening.
   *
   * @param config what to run
   * @param root the run folder, new or empty
   * @return the result, which also stands in {@code result.json}
   * @throws BadInput if data, folder or ticket are not usable
   * @throws TrainingDiverged if the loss is not finite; the last checkpoint is from before
   */
  public static ResultRecord execute(RunConfig config, Path root) {
    return execute(config, root, false, TrainingListener.SILENT, new StopSignal());
  }

  /**
   * Runs a configuration to its end. Robust Bird's two stages are one such run.
   *
   * @param config what to run; on resume the folder's own
   * @param root the run folder: new or empty, or with {@code resume} one that holds a run of the same configuration
   * @param resume whether to continue what the folder holds; from the start if it has no checkpoint yet
   * @param listener hears what happens
   * @param stop asks the run to save itself and stop
   * @return the result, which also stands in {@code result.json}
   * @throws BadInput if data, folder, checkpoint or ticket are not usable
   * @throws TrainingInterrupted if it was asked to stop; the state is saved
   * @throws TrainingDiverged if the loss is not finite; the last checkpoint is from before
   */
  public static ResultRecord execute(RunConfig config, Path root, boolean resume, TrainingListener listener, StopSignal stop) {
    return open(config, SparsityMethods::create, listener, stop).in(root, resume);
  }

  /**
   * The same with a sparsity method of the caller's own.
   *
   * @param config what to run; its method is {@link Method#CUSTOM}, so that nobody takes the result for another's
   * @param recipe makes the method
   * @param root the run folder: new or empty, or with {@code resume} one that holds a run of the same configuration
   * @param resume whether to continue what the folder holds; from the start if it has no checkpoint yet
   * @param listener hears what happens
   * @param stop asks the run to save itself and stop
   * @return the result, which also stands in {@code result.json}
   * @throws BadInput if the configuration has another method, or data, folder or checkpoint are not usable
   * @throws TrainingInterrupted if it was asked to stop; the state is saved
   * @throws TrainingDiverged if the loss is not finite; the last checkpoint is from before
   */
  public static ResultRecord execute(
      RunConfig config, SparsityRecipe recipe, Path root, boolean resume, TrainingListener listener, StopSignal stop) {
    if (config.method() != Method.CUSTOM) {
      throw BadInput.usage("method", Method.CUSTOM.label() + " for one of the program's own", config.method().label());
    }
    return open(config, recipe, listener, stop).in(root, resume);
  }

  /**
   * The same in a folder that several processes may share: starts the run, continues it, or finds it finished, unless another process has
   * the folder now.
   *
   * @param config what to run
   * @param root the run folder: new or empty, or one that holds a run of the same configuration
   * @param listener hears what happens
   * @param stop asks the run to save itself and stop
   * @return the result; empty if the run is left to another process
   * @throws BadInput if data, folder, checkpoint or ticket are not usable
   * @throws TrainingInterrupted if it was asked to stop; the state is saved
   * @throws TrainingDiverged if the loss is not finite; the last checkpoint is from before
   */
  public static Optional<ResultRecord> executeUnlessTaken(RunConfig config, Path root, TrainingListener listener, StopSignal stop) {
    RunFolder folder = RunFolder.shared(root);
    TrainingRun run = open(config, SparsityMethods::create, listener, stop);
    Optional<RunLock> free = folder.tryLock();
    if (free.isEmpty()) {
      return Optional.empty();
    }
    try (RunLock lock = free.get()) {
      return Optional.of(run.locked(folder, folder.holdsRun()));
    }
  }

  private static TrainingRun open(RunConfig config, SparsityRecipe recipe, TrainingListener listener, StopSignal stop) {
    DataSplits data =
        Datasets.open(
            config.data().dataset(), config.data().dir().map(Path::of), config.data().limitTrain(), config.data().limitTest());
    return new TrainingRun(config, data, recipe, listener, stop);
  }

  /** Runs in a folder. */
  ResultRecord in(Path root, boolean resume) {
    RunFolder folder = resume ? RunFolder.existing(root) : RunFolder.create(root);
    try (RunLock lock = folder.lock()) {
      return locked(folder, resume);
    }
  }

  /** Another process may have run in the folder until the lock was free, so it is looked at again. */
  private ResultRecord locked(RunFolder folder, boolean resume) {
    if (resume) {
      RunArtifacts.checkSame(folder, config);
      if (folder.isFinished()) {
        LOG.info("already finished");
        return Json.read(folder.result(), ResultRecord.class);
      }
    } else {
      RunFolder.create(folder.root());
    }
    Engines.useThreads(EngineChoice.of(config.runtime()));
    return run(folder);
  }

  private ResultRecord run(RunFolder folder) {
    ModelInfo model = Trainee.describe(config, data.train().numClasses(), data.train().imageSize(), data.normalization());
    Optional<TicketSource> source = ticketSource();
    if (source.isPresent() && !Ticket.exists(folder.ticket())) {
      source.get().check(model);
      RunArtifacts.claim(folder, config);
      source.get().obtain(model, folder);
    }
    if (config.method() == Method.ROBUST_BIRD) {
      listener.stageStarted(Stage.TRAINING, folder.root());
    }
    int batches = TrainingLoop.batchesPerEpoch(config, data);
    try (Trainee trainee = Trainee.build(config, model, batches, engine(folder, batches), recipe)) {
      TrainingLoop loop = new TrainingLoop(config, folder, data, trainee, listener, stop);
      loop.start();
      RunArtifacts.claim(folder, config);
      return loop.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EngineChoice engine(RunFolder folder, int batches) {
    return EngineChoice.of(config.runtime()).withWorkload(Workload.training(config, batches, folder.engine()));
  }

  private Optional<TicketSource> ticketSource() {
    if (config.method() == Method.ROBUST_BIRD) {
      return Optional.of(
          config.earlyBird().pretrained()
              .<TicketSource>map(from -> new PretrainedWeights(config, Path.of(from), listener))
              .orElseGet(() -> new EarlyBirdSearch(config, data, listener, stop)));
    }
    return config.prune().ticket().map(folder -> new StoredTicket(config, Path.of(folder)));
  }
}
