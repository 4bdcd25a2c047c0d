package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.checkpoint.TicketManifest;
import dev.sparrow.checkpoint.TicketSearch;
import dev.sparrow.config.AttackMode;
import dev.sparrow.config.Method;
import dev.sparrow.config.Objective;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.TicketKind;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.FileTrees;
import dev.sparrow.io.Json;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.schedule.LearningRateKind;
import dev.sparrow.sparse.MaskSettling;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both stages, on 58 images and a network of width 2. */
class RobustBirdTest {

  private static final int TRAIN_IMAGES = 58;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TicketKind.class)
  void stageOneEndsWhenTheMaskHasSettledAndStageTwoKeepsItsMasks(TicketKind kind) throws IOException {
    List<String> events = new ArrayList<>();
    RunFolder run = new RunFolder(folder.resolve("run"));
    RunConfig config = SmallRuns.robustBird("earlyBird.pruning=" + kind.label(), "epochs=2", "sparsity.density=0.5");
    ResultRecord result = TrainingRun.execute(config, run.root(), false, recorder(events), new StopSignal());

    // A threshold of 1 lets any two masks agree, so the window of two has settled after the second epoch.
    assertThat(events)
        .containsExactly(
            "stage 1", "start early-bird", "compared 1", "epoch 0", "compared 2", "epoch 1", "end early-bird", "ticket " + kind.label(),
            "stage 2", "start robust-bird", "epoch 0", "epoch 1", "end robust-bird");
    assertThat(MetricsLog.read(run.stageOne().metrics())).hasSize(2);
    assertThat(result.method()).isEqualTo(Method.ROBUST_BIRD);
    assertThat(result.epochs()).isEqualTo(2);
    assertThat(result.density()).isEqualTo(new Density(0.5));
    for (Path picture : List.of(run.stageOne().distances(), run.ticket().resolve("distances.png"))) {
      assertThat(picture).isNotEmptyFile();
    }
    try (Ticket ticket = Ticket.open(run.ticket());
        LoadedModel last = LoadedModel.fromCheckpoint(run.lastCheckpoint(), EngineChoice.EXACT);
        MaskSet masks = ticket.readMasks(last.model().parameters())) {
      assertThat(ticket.manifest().kind()).isEqualTo(kind);
      assertThat(result.nonzeroFraction()).isEqualTo(ticket.manifest().reachedDensity());
      masks.asMap().forEach((name, mask) -> assertZeroWhereInactive(name, mask.toBooleans(), floats(last, name)));
    }
  }

  @Test
  void unstructuredTicketHasTheLargestWeightsOfTheLastEpoch() throws IOException {
    RunFolder run = run("epochs=1");
    try (LoadedModel stage = LoadedModel.fromCheckpoint(run.stageOne().lastCheckpoint(), EngineChoice.EXACT);
        LoadedModel ticket = LoadedModel.fromTicket(run.ticket(), EngineChoice.EXACT)) {
      List<Float> magnitudes = new ArrayList<>();
      for (String name : stage.model().prunableParameters()) {
        for (float weight : floats(stage, name)) {
          magnitudes.add(Math.abs(weight));
        }
      }
      magnitudes.sort(null);
      float threshold = magnitudes.get((int) (magnitudes.size() * 0.8));
      for (String name : stage.model().prunableParameters()) {
        float[] dense = floats(stage, name);
        for (int i = 0; i < dense.length; i++) {
          dense[i] *= Math.abs(dense[i]) >= threshold ? 1 : 0; // zeros keep their sign
        }
        assertThat(floats(ticket, name)).as(name).isEqualTo(dense);
      }
      assertThat(floats(ticket, "bn.weight")).as("weights are kept").isEqualTo(floats(stage, "bn.weight"));
    }
  }

  /** The masks are those of the end, the weights those of the epoch; the stage goes on until then although it settled after two epochs. */
  @Test
  void rewoundTicketHasTheWeightsOfItsEpoch() throws IOException {
    RunFolder plain = run("epochs=1");
    RunFolder rewound = run("epochs=1", "earlyBird.rewindEpoch=0");
    try (Ticket expected = Ticket.open(plain.ticket());
        Ticket ticket = Ticket.open(rewound.ticket());
        LoadedModel kept = LoadedModel.fromTicket(plain.ticket(), EngineChoice.EXACT);
        LoadedModel back = LoadedModel.fromTicket(rewound.ticket(), EngineChoice.EXACT);
        MaskSet masks = ticket.readMasks(back.model().parameters());
        MaskSet same = expected.readMasks(back.model().parameters());
        Trainee fresh = Trainee.build(SmallRuns.robustBird(), back.info(), 1)) {
      assertThat(masks.distance(same)).isZero();
      assertThat(ticket.manifest().origin().search().orElseThrow().weightsEpoch()).isZero();
      assertThat(floats(back, "conv1.weight")).isNotEqualTo(floats(kept, "conv1.weight"));
      masks.applyTo(fresh.model().parameters());
      fresh.model().parameters().forEach((name, tensor) -> assertThat(floats(back, name)).as(name).isEqualTo(Tensors.toFloats(tensor)));
      fresh.model().buffers().forEach((name, tensor) -> assertThat(floatsOfBuffer(back, name)).as(name).isEqualTo(Tensors.toFloats(tensor)));
    }
    RunFolder later = run("epochs=1", "earlyBird.rewindEpoch=3");
    assertThat(MetricsLog.read(later.stageOne().metrics())).as("never ends before the epoch").hasSize(3);
    try (Checkpoint rewind = Checkpoint.open(later.stageOne().rewindCheckpoint())) {
      assertThat(rewind.manifest().progress().epoch()).isEqualTo(3);
    }
  }

  @Test
  void ticketIsDrawnAtTheLastEpochIfTheMaskDoesNotSettle() throws IOException {
    RunFolder run = run("epochs=1", "earlyBird.threshold=0", "earlyBird.epochs=3");
    try (Ticket ticket = Ticket.open(run.ticket())) {
      TicketSearch search = ticket.manifest().origin().search().orElseThrow();
      assertThat(search.emerged()).isFalse();
      assertThat(search.epochs()).isEqualTo(3);
      assertThat(search.weightsEpoch()).isEqualTo(3);
      assertThat(search.distances().epochs()).isEqualTo(3);
    }
    assertThat(result(run).stageOne().orElseThrow().emerged()).isFalse();
  }

  /** Standard training costs 3 units per image, PGD with one step 2 + 3 honestly and 6 as the paper counts; only epochs that were trained count. */
  @Test
  void operationsAreThoseOfTheEpochsThatWereTrained() throws IOException {
    RunFolder run = run("epochs=3");
    RunConfig config = SmallRuns.robustBird("epochs=3");
    ResultRecord result = result(run);
    ResultRecord stage = result(run.stageOne());
    InferenceCost cost = InferenceCost.of(Blueprints.create(config.network(), 10, 32, Density.DENSE));
    double stageOne = 2.0 * 3 * TRAIN_IMAGES * 2 * cost.macs();
    assertThat(stage.epochs()).as("of 6 that were allowed").isEqualTo(2);
    assertThat(stage.trainingFlops().honest()).isEqualTo(stageOne);
    assertThat(stage.trainingFlops().dense()).isEqualTo(stageOne);
    assertThat(result.stageOne()).contains(new ResultRecord.StageOne(2, true, stageOne));
    double active;
    try (Ticket ticket = Ticket.open(run.ticket())) {
      active = cost.activeMacs(ticket.manifest().layers());
    }
    assertThat(result.trainingFlops().dense()).isEqualTo(2.0 * 6 * TRAIN_IMAGES * 3 * cost.macs());
    assertThat(result.trainingFlops().paper()).isCloseTo(2.0 * 6 * TRAIN_IMAGES * 3 * active, within(1.0));
    assertThat(result.trainingFlops().honest()).isCloseTo(2.0 * 5 * TRAIN_IMAGES * 3 * active + stageOne, within(1.0));
  }

  @Test
  void stageOneIsEvaluatedCheaply() throws IOException {
    RunFolder run = run("epochs=1", "earlyBird.rewindEpoch=4");
    List<EpochRecord> epochs = MetricsLog.read(run.stageOne().metrics());
    assertThat(epochs.get(epochs.size() - 1).test()).as("measured for the result alone").isEmpty();
    assertThat(result(run.stageOne()).trainRobustAccuracy()).isEmpty();
    assertThat(result(run).trainRobustAccuracy()).isPresent();
  }

  @Test
  void stageOneIsConfiguredByTheEarlyBird() {
    RunConfig sgd = EarlyBirdSearch.stageConfig(SmallRuns.robustBird("earlyBird.lrMilestones=1,3", "optimizer.lrSchedule=cosine"));
    assertThat(sgd.method()).isEqualTo(Method.EARLY_BIRD);
    assertThat(sgd.objective()).isEqualTo(Objective.STANDARD);
    assertThat(sgd.epochs()).isEqualTo(6);
    assertThat(sgd.optimizer().lrSchedule()).isEqualTo(LearningRateKind.MULTISTEP);
    assertThat(sgd.optimizer().lrMilestones()).containsExactly(1, 3);
    assertThat(sgd.testAttack().steps()).isEqualTo(1);
    assertThat(sgd.testAttack().stepSize()).isEqualTo(sgd.testAttack().eps());
    assertThat(sgd.testAttack().randomStart()).isFalse();
    assertThat(sgd.optimizer().lr()).as("that of the run").isEqualTo(0.05);
    RunConfig own = EarlyBirdSearch.stageConfig(SmallRuns.robustBird("earlyBird.lr=0.01"));
    assertThat(own.optimizer().lr()).isEqualTo(0.01);
    RunConfig fast = EarlyBirdSearch.stageConfig(SmallRuns.robustBird("earlyBird.objective=fast"));
    assertThat(fast.objective()).isEqualTo(Objective.FGSM);
    assertThat(fast.attackMode()).isEqualTo(AttackMode.EVAL);
    assertThat(fast.optimizer().lr()).isEqualTo(0.2);
    assertThat(fast.optimizer().lrSchedule()).isEqualTo(LearningRateKind.CYCLIC);
    RunConfig slower = EarlyBirdSearch.stageConfig(SmallRuns.robustBird("earlyBird.objective=fast", "earlyBird.lr=0.15"));
    assertThat(slower.optimizer().lr()).isEqualTo(0.15);
  }

  @Test
  void pretrainedWeightsTakeThePlaceOfStageOne() throws IOException {
    RunFolder first = run("epochs=1");
    Path file = first.ticket().resolveSibling("weights.safetensors");
    RunFolder fromRun = run("epochs=1", "earlyBird.pretrained=" + first.stageOne().root());
    try (Ticket expected = Ticket.open(first.ticket());
        Ticket ticket = Ticket.open(fromRun.ticket())) {
      assertThat(ticket.manifest().tensorsSha256()).isEqualTo(expected.manifest().tensorsSha256());
      assertThat(ticket.manifest().origin().search()).isEmpty();
      assertThat(ticket.manifest().origin().source()).contains(first.stageOne().root().toString());
    }
    assertThat(fromRun.stageOne().root()).doesNotExist();
    assertThat(result(fromRun).stageOne()).as("its cost is not known").isEmpty();
    RunConfig missing = SmallRuns.robustBird("earlyBird.pretrained=" + file);
    assertThatThrownBy(() -> SmallRuns.run(missing, folder.resolve("missing"), false))
        .isInstanceOf(BadInput.class)
        .hasMessage("--stage1-pretrained: expected a run folder or a file of weights, got nothing (" + file + ")");
    RunConfig wider = SmallRuns.robustBird("earlyBird.pretrained=" + first.root(), "network.width=4");
    assertThatThrownBy(() -> SmallRuns.run(wider, folder.resolve("wider"), false))
        .isInstanceOf(BadInput.class)
        .hasMessage("pretrained network: expected the one to train, got width 2 instead of 4 (" + first.root() + ")");
    assertThat(folder.resolve("wider").resolve("config.json")).as("the folder stays free").doesNotExist();
  }

  @Test
  void anyMaskedMethodStartsFromATicketAndKeepsACopy() throws IOException {
    RunFolder bird = run("epochs=1");
    Path original = Files.move(bird.ticket(), folder.resolve("original"));
    RunConfig config = SmallRuns.tiny("method=flying-bird", "epochs=1", "prune.ticket=" + original);
    RunFolder run = new RunFolder(folder.resolve("fb"));
    SmallRuns.run(config, run.root(), false);
    try (Ticket ticket = Ticket.open(run.ticket())) {
      assertThat(result(run).nonzeroFraction()).isCloseTo(ticket.manifest().reachedDensity(), within(1e-9));
    }
    FileTrees.delete(original);
    Files.delete(run.result());
    SmallRuns.run(config, run.root(), true); // the original is not needed again
    assertThat(run.result()).exists();
  }

  @Test
  void ticketsThatDoNotServeAreRefusedBeforeTheFolderIsClaimed() throws IOException {
    Path unstructured = run("epochs=1").ticket();
    Path channel = run("epochs=1", "earlyBird.pruning=channel").ticket();
    assertRefused("--density: expected 0.2, the ticket's, got 0.1 (" + unstructured + ")", "sparsity.density=0.1", "prune.ticket=" + unstructured);
    assertRefused(
        "network of the ticket: expected the one to train, got width 2 instead of 3 (" + unstructured + ")",
        "network.width=3", "prune.ticket=" + unstructured);
    assertRefused("--method: expected static for a ticket of channels, got rigl (" + channel + ")", "method=rigl", "prune.ticket=" + channel);
    Path nowhere = folder.resolve("nowhere");
    assertRefused("ticket: expected a folder with ticket.json, got nothing (" + nowhere + ")", "prune.ticket=" + nowhere);
    for (String method : List.of("dense", "early-bird", "robust-bird")) {
      assertThatThrownBy(() -> SmallRuns.tiny("method=" + method, "prune.ticket=" + unstructured))
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("--ticket: expected a method whose masks may start from one, got " + method);
    }
    assertThatThrownBy(() -> SmallRuns.robustBird("earlyBird.rewindEpoch=0", "earlyBird.pretrained=x"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("--rewind-epoch: expected none beside --stage1-pretrained, whose epochs are not there, got 0");
  }

  private void assertRefused(String message, String... settings) {
    Path target = folder.resolve("refused");
    List<String> all = new ArrayList<>(List.of("method=static"));
    all.addAll(List.of(settings));
    RunConfig config = SmallRuns.tiny(all.toArray(String[]::new));
    assertThatThrownBy(() -> SmallRuns.run(config, target, false)).isInstanceOf(BadInput.class).hasMessage(message);
    assertThat(target.resolve("config.json")).doesNotExist();
    assertThat(target.resolve("ticket")).doesNotExist();
  }

  private RunFolder run(String... settings) throws IOException {
    Path root = Files.createTempDirectory(folder, "run");
    SmallRuns.run(SmallRuns.robustBird(settings), root, false);
    return new RunFolder(root);
  }

  private static ResultRecord result(RunFolder run) {
    return Json.read(run.result(), ResultRecord.class);
  }

  private static float[] floats(LoadedModel model, String parameter) {
    return Tensors.toFloats(model.model().parameters().get(parameter));
  }

  private static float[] floatsOfBuffer(LoadedModel model, String buffer) {
    return Tensors.toFloats(model.model().buffers().get(buffer));
  }

  private static void assertZeroWhereInactive(String name, boolean[] active, float[] values) {
    for (int i = 0; i < active.length; i++) {
      if (!active[i]) {
        assertThat(values[i]).as("%s[%d]", name, i).isZero();
      }
    }
  }

  private static TrainingListener recorder(List<String> events) {
    return new TrainingListener() {
      @Override
      public void stageStarted(Stage stage, Path stageFolder) {
        events.add(stage.label());
      }

      @Override
      public void masksCompared(MaskSettling settling) {
        events.add("compared " + settling.history().epochs());
      }

      @Override
      public void ticketDrawn(TicketManifest ticket) {
        events.add("ticket " + ticket.kind().label());
      }

      @Override
      public void runStarted(RunPlan plan) {
        events.add("start " + plan.config().method().label());
      }

      @Override
      public void epochFinished(EpochRecord epoch) {
        events.add("epoch " + epoch.epoch());
      }

      @Override
      public void runFinished(ResultRecord result) {
        events.add("end " + result.method().label());
      }
    }.then(TrainingListener.SILENT);
  }
}
