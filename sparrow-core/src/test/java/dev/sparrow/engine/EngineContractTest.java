package dev.sparrow.engine;

import static dev.sparrow.engine.TestEngine.BLUEPRINT;
import static dev.sparrow.engine.TestEngine.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.attack.Pgd;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.Threads;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What attacks, training and evaluation may rely on, whatever computes the network; engines are enrolled in {@link TestEngine#all()}. */
class EngineContractTest {

  private static final String WEIGHT = BLUEPRINT.prunable().keySet().stream().skip(3).findFirst().orElseThrow();

  private TensorScope scope;

  static Stream<TestEngine> engines() {
    return TestEngine.all();
  }

  @BeforeEach
  void open() {
    Threads.use(1); // layers so small take longer with more threads
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void computesWhatLibtorchComputesInFloat32(TestEngine engine) {
    try (NetworkClassifier model = engine.create();
        Classifier exact = FormulaNetwork.of(BLUEPRINT, 3)) {
      for (Mode mode : Mode.values()) {
        for (int count : new int[] {5, 17}) {
          assertAgree(engine.rounding(), products(model, mode, count), products(exact, mode, count));
          assertAgree(engine.rounding(), values(model.buffers()), values(exact.buffers()));
        }
      }
      assertThat(values(model.buffers()).get("bn.num_batches_tracked")).as("passes in training mode").containsExactly(4);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void followsWhatIsChangedInPlace(TestEngine engine) {
    try (NetworkClassifier model = engine.create();
        NetworkClassifier fresh = engine.create()) {
      float[] original = logits(model);
      model.parameters().get(WEIGHT).mul_(new Scalar(1.5));
      float[] other = logits(model);
      model.buffers().get("bn.running_mean").add_(new Scalar(0.5));
      assertThat(other).isNotEqualTo(original);
      assertThat(logits(model)).isNotEqualTo(other);
      fresh.parameters().get(WEIGHT).mul_(new Scalar(1.5));
      fresh.buffers().get("bn.running_mean").add_(new Scalar(0.5));
      assertThat(logits(model)).containsExactly(logits(fresh));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRestrictionChangesNoResult(TestEngine engine) {
    try (NetworkClassifier restricted = engine.create();
        NetworkClassifier unrestricted = engine.create()) {
      NamedTensors masks = masks(restricted, 0.1);
      apply(masks, restricted);
      apply(masks, unrestricted);
      restricted.restrictTo(masks);
      assertAgree(engine.rounding(), products(restricted, Mode.TRAIN, 5), products(unrestricted, Mode.TRAIN, 5));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void gradientsOfActiveWeightsAreTheDenseOnes(TestEngine engine) {
    try (NetworkClassifier model = engine.create()) {
      NamedTensors masks = masks(model, 0.1);
      apply(masks, model);
      model.restrictTo(masks);
      Map<String, float[]> dense = gradients(model, Recording.PARAMETERS);
      assertThat(gradients(model, Recording.ACTIVE_PARAMETERS).keySet()).containsExactlyElementsOf(dense.keySet());
      assertAgree(1e-6, masked(gradients(model, Recording.ACTIVE_PARAMETERS), masks), masked(dense, masks));
      assertThat(gradients(model, Recording.PARAMETERS)).usingRecursiveComparison().isEqualTo(dense);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void grownWeightsAreTrained(TestEngine engine) {
    try (NetworkClassifier grown = engine.create();
        NetworkClassifier whole = engine.create()) {
      NamedTensors first = masks(grown, 0.1);
      NamedTensors next = masks(grown, 0.3);
      apply(first, grown);
      apply(first, whole);
      grown.restrictTo(first);
      logits(grown);
      grown.restrictTo(next);
      Map<String, float[]> dense = gradients(whole, Recording.PARAMETERS);
      assertAgree(engine.rounding(), masked(gradients(grown, Recording.ACTIVE_PARAMETERS), next), masked(dense, next));
      for (Classifier model : new Classifier[] {grown, whole}) {
        model.parameters().get(WEIGHT).add_(next.get(WEIGHT), new Scalar(0.5));
      }
      assertAgree(engine.rounding(), Map.of("logits", logits(grown)), Map.of("logits", logits(whole)));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aProductIsTakenOnceAndOnlyIfItWasRecorded(TestEngine engine) {
    try (NetworkClassifier model = engine.create();
        Pass attack = model.forward(images(2), Recording.INPUT);
        Pass evaluation = model.forward(images(2), Recording.NONE)) {
      assertThatThrownBy(() -> attack.parameterGradients(logitGradient(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pass: expected one recorded for PARAMETERS and not used yet, got INPUT");
      attack.inputGradient(logitGradient(2));
      assertThatThrownBy(() -> attack.inputGradient(logitGradient(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pass: expected one recorded for INPUT and not used yet, got a used one");
      assertThatThrownBy(() -> evaluation.inputGradient(logitGradient(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pass: expected one recorded for INPUT and not used yet, got NONE");
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void severalPassesMayBeOpen(TestEngine engine) {
    try (NetworkClassifier model = engine.create();
        Pass first = model.forward(images(3), Recording.INPUT);
        Pass second = model.forward(images(5), Recording.PARAMETERS)) {
      float[] logits = Tensors.toFloats(first.logits());
      second.parameterGradients(logitGradient(5));
      assertThat(Tensors.toFloats(first.logits())).containsExactly(logits);
      float[] gradient = Tensors.toFloats(first.inputGradient(logitGradient(3)));
      try (Pass alone = model.forward(images(3), Recording.INPUT)) {
        assertThat(Tensors.toFloats(alone.inputGradient(logitGradient(3)))).containsExactly(gradient);
      }
    }
  }

  /** The runner checks by itself that the images are in the ball. */
  @ParameterizedTest
  @MethodSource("engines")
  void attacksClimbTheLoss(TestEngine engine) {
    Attack attack = new Pgd(new ThreatModel(Norm.LINF, Epsilon.levels(8)), Epsilon.levels(2), 3, true, CrossEntropy.INSTANCE);
    Tensor labels = Tensors.ofLongs(new long[] {0, 1, 2, 3, 4}, 5);
    try (NetworkClassifier model = engine.create();
        Classifier exact = FormulaNetwork.of(BLUEPRINT, 3);
        Rng rng = new Rng(new Seed(1))) {
      Tensor adversarial = new AttackRunner(model).perturb(attack, Mode.EVAL, images(5), labels, rng);
      assertThat(loss(exact, adversarial, labels)).isGreaterThan(1.1 * loss(exact, images(5), labels));
    }
  }

  private static double loss(Classifier model, Tensor images, Tensor labels) {
    try (Pass pass = model.forward(images, Recording.NONE)) {
      return Tensors.item(CrossEntropy.INSTANCE.perImage(pass.logits(), labels).mean());
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aGuardPutsTheModeBack(TestEngine engine) {
    try (NetworkClassifier model = engine.create()) {
      assertThat(model.mode()).isEqualTo(Mode.EVAL);
      try (ModeGuard outer = model.in(Mode.TRAIN);
          ModeGuard inner = model.in(Mode.TRAIN_FROZEN)) {
        assertThat(model.mode()).isEqualTo(Mode.TRAIN_FROZEN);
      }
      assertThat(model.mode()).isEqualTo(Mode.EVAL);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void leavesNoNativeObjectsBehind(TestEngine engine) {
    long[] counts = new long[4];
    for (int round = 0; round < counts.length; round++) {
      try (TensorScope work = TensorScope.open();
          NetworkClassifier model = engine.create()) {
        model.restrictTo(masks(model, 0.5));
        for (Recording recording : Recording.values()) {
          try (ModeGuard guard = model.in(Mode.TRAIN)) {
            run(model, recording);
          }
        }
      }
      counts[round] = Pointer.totalCount();
    }
    assertThat(counts[3]).isLessThanOrEqualTo(counts[1]); // less when the collector finds objects of other tests
  }

  private static void run(Classifier model, Recording recording) {
    try (Pass pass = model.forward(images(2), recording)) {
      switch (recording) {
        case NONE -> {}
        case INPUT -> pass.inputGradient(logitGradient(2));
        case PARAMETERS, ACTIVE_PARAMETERS -> pass.parameterGradients(logitGradient(2));
      }
    }
  }

  private static Map<String, float[]> products(Classifier model, Mode mode, int count) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (ModeGuard guard = model.in(mode);
        Pass attack = model.forward(images(count), Recording.INPUT);
        Pass training = model.forward(images(count), Recording.PARAMETERS)) {
      values.put("logits", Tensors.toFloats(attack.logits()));
      values.put("images", Tensors.toFloats(attack.inputGradient(logitGradient(count))));
      values.putAll(values(training.parameterGradients(logitGradient(count))));
    }
    return values;
  }

  private static Map<String, float[]> gradients(Classifier model, Recording recording) {
    try (ModeGuard guard = model.in(Mode.TRAIN_FROZEN);
        Pass pass = model.forward(images(5), recording)) {
      return values(pass.parameterGradients(logitGradient(5)));
    }
  }

  private static float[] logits(Classifier model) {
    try (Pass pass = model.forward(images(3), Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }

  /** Random masks of the prunable weights; those of a lower density are part of those of a higher one. */
  private static NamedTensors masks(Classifier model, double density) {
    NamedTensors weights = model.parameters().select(model.prunableParameters());
    return weights.map(
        (name, weight) -> {
          boolean[] active = new boolean[(int) weight.numel()];
          for (int i = 0; i < active.length; i++) {
            active[i] = Golden.uniform(name.hashCode(), i) < density;
          }
          return Tensors.ofBooleans(active, Tensors.shape(weight));
        });
  }

  private static void apply(NamedTensors masks, Classifier model) {
    masks.forEach((name, mask) -> model.parameters().get(name).mul_(mask));
  }

  private static Map<String, float[]> masked(Map<String, float[]> gradients, NamedTensors masks) {
    Map<String, float[]> masked = new LinkedHashMap<>(gradients);
    masks.forEach(
        (name, mask) -> {
          boolean[] active = Tensors.toBooleans(mask);
          float[] values = gradients.get(name).clone();
          for (int i = 0; i < values.length; i++) {
            values[i] = active[i] ? values[i] : 0;
          }
          masked.put(name, values);
        });
    return masked;
  }

  private static Map<String, float[]> values(NamedTensors tensors) {
    Map<String, float[]> values = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    return values;
  }

  private static Tensor images(int count) {
    return Tensors.ofFloats(Golden.images(count, count, 32), count, 3, 32, 32);
  }

  private static Tensor logitGradient(int count) {
    float[] gradient = new float[count * CLASSES];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) Golden.uniform(77, i) - 0.5f;
    }
    return Tensors.ofFloats(gradient, count, CLASSES);
  }

  /** Parameters all together: single sums that nearly cancel differ a lot where arithmetic rounds, and so do single rectifiers. */
  private static void assertAgree(double rounding, Map<String, float[]> got, Map<String, float[]> expected) {
    assertThat(got.keySet()).containsExactlyElementsOf(expected.keySet());
    Map<String, double[]> sums = new LinkedHashMap<>();
    expected.forEach(
        (name, values) -> {
          double[] sum = sums.computeIfAbsent(name.contains(".") ? "parameters" : name, any -> new double[2]);
          for (int i = 0; i < values.length; i++) {
            sum[0] += Math.abs((double) got.get(name)[i] - values[i]);
            sum[1] += Math.abs(values[i]);
          }
        });
    sums.forEach((what, sum) -> assertThat(sum[0] / sum[1]).as(what).isCloseTo(0, within(rounding)));
  }
}
