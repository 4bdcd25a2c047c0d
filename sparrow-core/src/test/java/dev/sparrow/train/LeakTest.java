package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.Attribution;
import dev.sparrow.analysis.Cka;
import dev.sparrow.analysis.Explanation;
import dev.sparrow.analysis.GradCam;
import dev.sparrow.analysis.GradientSaliency;
import dev.sparrow.analysis.LayerViews;
import dev.sparrow.arch.NetworkSearch;
import dev.sparrow.attack.Aim;
import dev.sparrow.attack.Apgd;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.attack.Attacks;
import dev.sparrow.attack.Restarts;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.Progress;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DatasetName;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.eval.AdversarialImages;
import dev.sparrow.eval.Cascade;
import dev.sparrow.eval.CascadeListener;
import dev.sparrow.eval.CascadeSetting;
import dev.sparrow.eval.CascadeStore;
import dev.sparrow.eval.EvaluationInterrupted;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.interop.ExportFormat;
import dev.sparrow.interop.ModelExport;
import dev.sparrow.interop.StoredModel;
import dev.sparrow.model.Classifier;
import dev.sparrow.interop.WeightsImport;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.sparse.SparsityStart;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.Threads;
import dev.sparrow.testing.NoiseSearch;
import dev.sparrow.testing.TorchScripts;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Native memory stays flat: the number of native objects is the same after every training step, and after everything else.
 *
 * <p>What is made outside of every scope would be collected at some time in these tests, and never with the launcher's options. So all is
 * done in the scope of a witness, which keeps such objects alive until they are counted.
 */
class LeakTest {

  private static final int STEPS = 1000;
  private static final int WARM_UP = 20;
  private static final RunConfig TINY = SmallRuns.config("method=flying-bird", "network.width=1", "batchSize=2");

  @ParameterizedTest
  @EnumSource(names = {"DENSE", "SPARSE"})
  void objectCountIsConstantOverSteps(EngineKind engine) {
    RunConfig config =
        SmallRuns.config("method=flying-bird", "network.width=1", "batchSize=2", "sparsity.updateFrequency=10").withEngine(engine);
    Threads.use(1);
    try (TensorScope witness = TensorScope.open();
        Trainee trainee = Trainee.build(config, Trainee.describe(config, 10, 32, Normalization.CIFAR10), STEPS)) {
      trainee.sparsity().initialize(SparsityStart.of(trainee.model(), trainee.device(), config.seed()));
      TrainingStep step = new TrainingStep(config, trainee);
      Batch batch = batch();
      long before = 0;
      for (int i = 0; i < STEPS; i++) {
        step.run(batch, 0, i, 0.001);
        if (i == WARM_UP) {
          before = liveObjects();
        }
      }
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  /** What is done twice; afterwards there must be as many native objects as after the first time. */
  private interface Work {
    void run(Path folder) throws IOException;
  }

  static Stream<Named<Work>> work() {
    return Stream.of(
        Named.of("a run that is interrupted and resumed", LeakTest::interruptAndResume),
        Named.of("a run that diverges", LeakTest::diverge),
        Named.of("both stages of Robust Bird", LeakTest::robustBird),
        Named.of("a ticket of channels, and a run from it", LeakTest::channels),
        Named.of("a step with a topology update", folder -> trainOnce()),
        Named.of("a run on the sparse engine", LeakTest::sparse),
        Named.of("a run on whichever engine is faster", LeakTest::automatic),
        Named.of("a benchmark", folder -> StepBenchmark.run(TINY, 32, 10, List.of(EngineChoice.EXACT), 1)),
        Named.of("an evaluation, and one that is abandoned", LeakTest::evaluate),
        Named.of("a cascade that is interrupted, and goes on", LeakTest::cascade),
        Named.of("looking at inner values", folder -> lookInside()),
        Named.of("loading, and what cannot be loaded", LeakTest::load),
        Named.of("exports in every format", LeakTest::export),
        Named.of("a TorchScript model, attacked, and one that is no classifier", folder -> torchScript()),
        Named.of("imports of a PyTorch checkpoint, and one that does not fit", LeakTest::importWeights));
  }

  @ParameterizedTest
  @MethodSource("work")
  void everythingIsReleased(Work work, @TempDir Path folder) throws IOException {
    work.run(folder.resolve("first"));
    long before = liveObjects();
    try (TensorScope witness = TensorScope.open()) {
      work.run(folder.resolve("second"));
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  private static void interruptAndResume(Path folder) {
    RunConfig config = SmallRuns.config("method=flying-bird-plus", "network.width=1", "data.limitTrain=64", "epochs=1", "batchSize=20");
    StopSignal stop = new StopSignal();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void batchFinished(BatchReport report) {
            stop.request();
          }
        };
    assertThatThrownBy(() -> TrainingRun.execute(config, folder, false, stopper, stop)).isInstanceOf(TrainingInterrupted.class);
    SmallRuns.run(config, folder, true);
  }

  private static void sparse(Path folder) {
    SmallRuns.run(SmallRuns.tiny("method=flying-bird", "runtime.engine=sparse", "prune.scorer=grasp", "epochs=1"), folder, false);
  }

  private static void automatic(Path folder) {
    SmallRuns.run(SmallRuns.tiny("method=flying-bird", "runtime.engine=auto", "epochs=1"), folder, false);
  }

  private static void robustBird(Path folder) {
    SmallRuns.run(SmallRuns.robustBird("epochs=1", "earlyBird.rewindEpoch=1"), folder, false);
  }

  private static void channels(Path folder) {
    SmallRuns.run(SmallRuns.robustBird("epochs=1", "earlyBird.pruning=channel"), folder.resolve("bird"), false);
    String ticket = "prune.ticket=" + folder.resolve("bird").resolve("ticket");
    SmallRuns.run(SmallRuns.tiny("method=static", "epochs=1", ticket), folder.resolve("static"), false);
    RunConfig other = SmallRuns.tiny("method=static", "network.width=3", ticket);
    assertThatThrownBy(() -> SmallRuns.run(other, folder.resolve("refused"), false)).isInstanceOf(BadInput.class);
  }

  private static void diverge(Path folder) {
    RunConfig config = SmallRuns.config("network.width=1", "data.limitTrain=64", "batchSize=20", "optimizer.lr=1e30");
    assertThatThrownBy(() -> SmallRuns.run(config, folder, false)).isInstanceOf(TrainingDiverged.class);
  }

  private static void evaluate(Path folder) {
    ImageSet images = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 2, 4).test();
    AttackConfig l2 = new AttackConfig(Norm.L2, Epsilon.levels(128), Epsilon.levels(32), 2, true);
    Attack search = new Apgd(new ThreatModel(Norm.LINF, Epsilon.levels(8)), Aim.towards(2), 3, 2, 2);
    Attack restarts = new Restarts(Attacks.pgd(l2), 2);
    List<Attack> attacks = List.of(Attacks.pgd(TINY.testAttack()), Attacks.fgsm(l2), Attacks.fast(l2), Attacks.pgd(l2), search, restarts);
    try (Trainee trainee = trainee()) {
      Evaluator evaluator = new Evaluator(trainee.model(), trainee.device(), 2, TINY.seed());
      evaluator.evaluate(images, attacks, EvaluationProgress.SILENT);
      EvaluationProgress abandon =
          (done, total) -> {
            if (done > 0) {
              throw new TrainingInterrupted();
            }
          };
      assertThatThrownBy(() -> evaluator.evaluate(images, attacks, abandon)).isInstanceOf(TrainingInterrupted.class);
    }
  }

  /** Once in the middle of a search, once after a batch. */
  private static void cascade(Path folder) {
    ThreatModel ball = new ThreatModel(Norm.LINF, Epsilon.levels(8));
    List<Attack> attacks = List.of(new NoiseSearch("noise", ball, 2, true, false), Attacks.pgd(TINY.testAttack()));
    ImageSet images = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 2, 12).test();
    try (Trainee trainee = trainee()) {
      CascadeSetting setting = new CascadeSetting(trainee.model(), trainee.device(), Precision.FP32, 2, TINY.seed(), false);
      for (int run = 0; run < 3; run++) {
        AtomicInteger left = new AtomicInteger(run < 2 ? 8 : Integer.MAX_VALUE);
        CascadeListener stopper =
            new CascadeListener() {
              @Override
              public boolean stopRequested() {
                return left.decrementAndGet() <= 0;
              }
            };
        try {
          new Cascade(setting, CascadeStore.in(folder.resolve("state")), stopper).run(Batches.evaluation(images, 2), attacks);
        } catch (EvaluationInterrupted stopped) {
          assertThat(folder.resolve("state")).exists();
        }
      }
    }
  }

  private static void lookInside() {
    ImageSet images = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 2, 5).test();
    Batches batches = Batches.evaluation(images, 2);
    try (Trainee trainee = trainee()) {
      NetworkClassifier model = trainee.model();
      AdversarialExamples examples =
          AdversarialImages.make(
                  model, trainee.device(), Attacks.fgsm(TINY.testAttack()), TINY.seed(), batches, 3, EvaluationProgress.SILENT)
              .named(List.of());
      for (Attribution attribution : List.of(GradCam.atLastMap(model), new GradientSaliency(model, GradientSaliency.Product.INPUT))) {
        new Explanation(attribution, trainee.device(), 2).of(examples);
      }
      LayerViews views = new LayerViews(model, trainee.device());
      Cka.within(views, views.outline(), batches, 5, EvaluationProgress.SILENT);
    }
  }

  private static void load(Path folder) throws IOException {
    ModelInfo info;
    try (Trainee trainee = trainee()) {
      info = trainee.info();
      trainee.sparsity().initialize(SparsityStart.of(trainee.model(), trainee.device(), TINY.seed()));
      Checkpoint.save(folder, trainee.capture("sha256:0", Progress.START, List.of()));
      try (Checkpoint checkpoint = Checkpoint.open(folder)) {
        trainee.restore(checkpoint);
      }
    }
    LoadedModel.fromCheckpoint(folder, EngineChoice.EXACT).close();
    Path file = folder.resolve("tensors.safetensors"); // holds momentum too, which no network has
    assertThatThrownBy(() -> LoadedModel.fromWeights(file, info, EngineChoice.EXACT)).isInstanceOf(BadInput.class);
  }

  private static void export(Path folder) throws IOException {
    try (Trainee trainee = trainee()) {
      trainee.sparsity().initialize(SparsityStart.of(trainee.model(), trainee.device(), TINY.seed()));
      Checkpoint.save(folder.resolve("checkpoint"), trainee.capture("sha256:0", Progress.START, List.of()));
    }
    for (ExportFormat format : ExportFormat.values()) {
      try (StoredModel stored = StoredModel.ofCheckpoint(folder.resolve("checkpoint"), Optional.empty())) {
        ModelExport.write(stored, new ModelExport.Request(format, false, OptionalInt.of(1)), folder.resolve(format.label()));
      }
    }
    assertThatThrownBy(() -> StoredModel.ofTicket(folder.resolve("checkpoint"))).isInstanceOf(BadInput.class);
  }

  private static void torchScript() {
    try (TensorScope scope = TensorScope.open();
        Classifier model = TorchScripts.load("training")) {
      Tensor images = TorchScripts.images(2, TorchScripts.SIZE);
      Attack attack = Attacks.pgd(AttackConfig.TEST);
      new AttackRunner(model).evaluate(attack, images, Tensors.ofLongs(new long[] {0, 1}, 2), new Rng(new Seed(1)));
    }
    assertThatThrownBy(() -> TorchScripts.load("pair")).isInstanceOf(BadInput.class);
  }

  private static void importWeights(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("checkpoint.pth.tar");
    try (InputStream source = LeakTest.class.getResourceAsStream("/pytorch/checkpoint.pth.tar")) {
      Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
    }
    WeightsImport weights = new WeightsImport(file, NetworkSearch.Known.NOTHING, Optional.empty());
    weights.write(Optional.of(folder.resolve("out.safetensors")), Optional.of(folder.resolve("ticket")));
    ModelInfo other = Trainee.describe(TINY, 7, 32, Normalization.CIFAR10);
    assertThatThrownBy(() -> LoadedModel.fromWeights(file, other, EngineChoice.EXACT)).isInstanceOf(BadInput.class);
  }

  /** Without what other tests of this JVM left to the garbage collector, which might take it away while this one counts. */
  private static long liveObjects() {
    System.gc();
    Pointer.deallocateReferences();
    return Pointer.totalCount();
  }

  private static void trainOnce() {
    try (Trainee trainee = trainee()) {
      trainee.sparsity().initialize(SparsityStart.of(trainee.model(), trainee.device(), TINY.seed()));
      new TrainingStep(TINY, trainee).run(batch(), 0, 1, 0.001); // iteration 2: a topology update
    }
  }

  private static Trainee trainee() {
    return Trainee.build(TINY, Trainee.describe(TINY, 10, 32, Normalization.CIFAR10), 10);
  }

  private static Batch batch() {
    SplittableRandom random = new SplittableRandom(1);
    float[] images = new float[2 * 3 * 32 * 32];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextInt(256) / 255f;
    }
    return new Batch(0, 32, images, new long[] {3, 8});
  }
}
