package dev.sparrow.train;

import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.checkpoint.TicketSearch;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.AttackMode;
import dev.sparrow.config.EarlyBirdConfig;
import dev.sparrow.config.Method;
import dev.sparrow.config.OptimizerConfig;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.StageObjective;
import dev.sparrow.data.DataSplits;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.Json;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.schedule.LearningRateKind;
import dev.sparrow.sparse.EarlyBirdTraining;
import dev.sparrow.sparse.MaskSettling;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first stage of Robust Bird: a cheap dense training, a run of its own in the folder {@code stage1}, that ends when its mask has
 * settled. The ticket is drawn from its last weights.
 *
 * <p>The stage is evaluated cheaply, since PGD-20 after every epoch would cost more than standard training does: by one step of the size of
 * the radius without random start (FGSM). Nothing depends on these accuracies.
 *
 * @param config the whole run
 * @param data its images
 * @param listener hears of the stage
 * @param stop asks the stage to save itself and stop
 */
record EarlyBirdSearch(RunConfig config, DataSplits data, TrainingListener listener, StopSignal stop) implements TicketSource {

  private static final Logger LOG = LoggerFactory.getLogger(EarlyBirdSearch.class);

  /** What the stage trains depends on nothing but the configuration, which is checked already. */
  @Override
  public void check(ModelInfo model) {}

  @Override
  public void obtain(ModelInfo model, RunFolder run) {
    RunFolder stage = run.stageOne();
    listener.stageStarted(Stage.SEARCH, stage.root());
    new TrainingRun(stageConfig(config), data, listener, stop).in(stage.root(), stage.holdsRun());
    try (LoadedModel network = LoadedModel.fromCheckpoint(stage.lastCheckpoint(), EngineChoice.EXACT)) {
      TicketSearch search = search(stage, network);
      if (!search.emerged()) {
        LOG.info("the mask had not settled after {} epochs; the ticket is drawn all the same", search.epochs());
      }
      listener.ticketDrawn(
          new TicketDrawing(config, run)
              .draw(
                  network,
                  "stage1",
                  Optional.of(search),
                  config.earlyBird().rewindEpoch().isPresent() ? Optional.of(stage.rewindCheckpoint()) : Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TicketSearch search(RunFolder stage, LoadedModel network) throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(stage.lastCheckpoint());
        TensorScope scope = TensorScope.open();
        EarlyBirdTraining training = new EarlyBirdTraining(config.earlyBird(), config.sparsity().density())) {
      training.restore(network.model(), checkpoint.readSparsity());
      MaskSettling settling = training.settling().orElseThrow();
      int epochs = settling.history().epochs();
      int weightsEpoch = config.earlyBird().rewindEpoch().orElse(epochs);
      return new TicketSearch(
          settling.emerged(), epochs, weightsEpoch, settling.window(), settling.threshold(), settling.history());
    }
  }

  /** What the first stage of a run has achieved and cost; empty if the run has none that is finished. */
  static Optional<ResultRecord.StageOne> resultIn(RunFolder run) throws IOException {
    if (!run.stageOne().isFinished()) {
      return Optional.empty();
    }
    ResultRecord result = Json.read(run.stageOne().result(), ResultRecord.class);
    try (Ticket ticket = Ticket.open(run.ticket())) {
      boolean emerged = ticket.manifest().origin().search().map(TicketSearch::emerged).orElse(false);
      return Optional.of(new ResultRecord.StageOne(result.epochs(), emerged, result.trainingFlops().honest()));
    }
  }

  /** The configuration of the stage. */
  static RunConfig stageConfig(RunConfig config) {
    EarlyBirdConfig bird = config.earlyBird();
    boolean fast = bird.objective() == StageObjective.FAST;
    AttackConfig test = config.testAttack();
    return new RunConfig(
        Method.EARLY_BIRD,
        config.data(),
        config.network(),
        config.sparsity(),
        config.prune(),
        bird,
        optimizer(config),
        bird.objective().objective(),
        config.trainAttack(),
        fast ? AttackMode.EVAL : config.attackMode(),
        new AttackConfig(test.norm(), test.eps(), test.eps(), 1, false),
        bird.epochs(), // the test set only where a result needs it
        bird.epochs(),
        config.batchSize(),
        config.seed(),
        config.runtime());
  }

  private static OptimizerConfig optimizer(RunConfig config) {
    EarlyBirdConfig bird = config.earlyBird();
    OptimizerConfig second = config.optimizer();
    LearningRateKind schedule = bird.objective() == StageObjective.FAST ? LearningRateKind.CYCLIC : LearningRateKind.MULTISTEP;
    return new OptimizerConfig(
        bird.effectiveLr(second.lr()), schedule, bird.lrMilestones(), second.momentum(), second.weightDecay());
  }
}
