package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.io.Json;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the training loop may rely on, whatever the sparsity method. A row of {@link #methods()} enrols one. */
class SparsityMethodContractTest {

  private static final long ITERATIONS = Configs.EPOCHS * ToyRun.ITERATIONS_PER_EPOCH;
  private static final Set<Method> DENSE_AT_FIRST = Set.of(Method.DENSE, Method.EARLY_BIRD, Method.GRADUAL);
  private static final Runnable NOTHING = () -> {};

  private TensorScope scope;

  /** A method with what its masks start and grow by. */
  record Variant(Method method, Growth growth, ScorerKind scorer) {

    Variant(Method method, Growth growth) {
      this(method, growth, ScorerKind.RANDOM);
    }

    private RunConfig config() {
      return Configs.of(method, growth, scorer);
    }

    @Override
    public String toString() {
      return method.label() + " " + growth.label() + " from " + scorer.label();
    }
  }

  /**
   * Variant, density at the end (negative: left to the signals), its tolerance, number of topology updates in 36 iterations, and of those
   * that need dense gradients.
   */
  static Stream<Arguments> methods() {
    double exact = 1e-12;
    double random = 0.07; // eight updates of about 60 binomial draws
    return Stream.of(
        Arguments.of(new Variant(Method.DENSE, Growth.GRADIENT), 1.0, exact, 0, 0),
        Arguments.of(new Variant(Method.EARLY_BIRD, Growth.GRADIENT), 1.0, exact, 0, 0),
        Arguments.of(new Variant(Method.STATIC, Growth.GRADIENT), 0.2, exact, 0, 0),
        Arguments.of(new Variant(Method.ROBUST_BIRD, Growth.GRADIENT), 0.2, exact, 0, 0),
        Arguments.of(new Variant(Method.SET, Growth.GRADIENT), 0.2, random, 7, 0),
        Arguments.of(new Variant(Method.RIGL, Growth.RANDOM), 0.2, exact, 5, 5),
        Arguments.of(new Variant(Method.FLYING_BIRD, Growth.GRADIENT), 0.2, exact, 7, 7),
        Arguments.of(new Variant(Method.FLYING_BIRD, Growth.RANDOM), 0.2, random, 7, 0),
        Arguments.of(new Variant(Method.FLYING_BIRD, Growth.MOMENTUM), 0.2, exact, 7, 7),
        Arguments.of(new Variant(Method.FLYING_BIRD, Growth.MOMENTUM_NEURON), 0.2, exact, 7, 7),
        Arguments.of(new Variant(Method.FLYING_BIRD_PLUS, Growth.GRADIENT), -1, exact, 7, 7),
        Arguments.of(new Variant(Method.FLYING_BIRD_PLUS, Growth.RANDOM), -1, random, 7, 0),
        Arguments.of(new Variant(Method.FLYING_BIRD_PLUS, Growth.MOMENTUM), -1, exact, 7, 7),
        Arguments.of(new Variant(Method.FLYING_BIRD_PLUS, Growth.MOMENTUM_NEURON), -1, exact, 7, 7),
        Arguments.of(new Variant(Method.STATIC, Growth.GRADIENT, ScorerKind.MAGNITUDE), 0.2, exact, 0, 0),
        Arguments.of(new Variant(Method.STATIC, Growth.GRADIENT, ScorerKind.SNIP), 0.2, exact, 0, 0),
        Arguments.of(new Variant(Method.STATIC, Growth.GRADIENT, ScorerKind.GRASP), 0.2, exact, 0, 0),
        Arguments.of(new Variant(Method.STATIC, Growth.GRADIENT, ScorerKind.SYNFLOW), 0.2, exact, 0, 0),
        Arguments.of(new Variant(Method.STATIC, Growth.GRADIENT, ScorerKind.TAYLOR), 0.2, exact, 0, 0),
        Arguments.of(new Variant(Method.FLYING_BIRD, Growth.GRADIENT, ScorerKind.SNIP), 0.2, exact, 7, 7),
        Arguments.of(new Variant(Method.GRADUAL, Growth.GRADIENT), 144 / 716.0, exact, 6, 0));
  }

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void weightsAndMomentumAreZeroWhereInactive(Variant variant) {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod method = create(variant)) {
      run.start(method);
      assertMasked(method.masks(), run.model.parameters());
      run.train(
          method,
          1,
          ITERATIONS,
          () -> {
            assertMasked(method.masks(), run.model.parameters());
            assertMasked(method.masks(), run.momentum());
          });
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void densityIsAsPromised(Variant variant, double density, double tolerance, int updates) {
    ToyRun run = new ToyRun(2);
    try (SparsityMethod method = create(variant)) {
      run.start(method);
      assertThat(method.masks().density()).isCloseTo(DENSE_AT_FIRST.contains(variant.method) ? 1 : 0.2, within(0.01));
      double before = method.masks().density();
      List<TopologyUpdate> log = run.train(method, 1, ITERATIONS, NOTHING);
      assertThat(log).hasSize(updates);
      if (density < 0) {
        assertThat(log).extracting(TopologyUpdate::event).contains(DensityEvent.NONE, DensityEvent.BOTH);
        assertThat(method.masks().density()).isLessThan(before);
      } else {
        assertThat(method.masks().density()).isCloseTo(variant.method == Method.GRADUAL ? density : before, within(tolerance));
        assertThat(log).allMatch(update -> update.event() == DensityEvent.NONE);
      }
      assertThat(method.explored()).isGreaterThanOrEqualTo(method.masks().density()).isLessThanOrEqualTo(1);
      if (updates > 0) {
        assertThat(log.get(updates - 1).density()).isEqualTo(method.masks().density());
        assertThat(method.explored()).isGreaterThan(variant.method == Method.GRADUAL ? Math.nextDown(1.0) : before);
      }
      assertThat(method.masks().densities().values()).allMatch(layer -> layer > 0);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void gradientsOfInactiveWeightsMatterWhereItSaysSo(Variant variant, double density, double tolerance, int updates, int dense) {
    ToyRun run = new ToyRun(8).withoutNeedlessGradients();
    try (SparsityMethod method = create(variant)) {
      run.start(method);
      run.train(method, 1, ITERATIONS, NOTHING);
      assertThat(run.denseGradients()).isEqualTo(dense);
      assertThat(snapshot(run, method)).usingRecursiveComparison().isEqualTo(trained(variant, 8));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void theNetworkIsRestrictedToTheMasks(Variant variant) {
    ToyRun run = new ToyRun(9);
    try (SparsityMethod method = create(variant);
        SparsityMethod copy = create(variant)) {
      run.start(method);
      copy.restore(run.model, method.capture());
      run.train(method, 1, ITERATIONS, NOTHING);
      Map<String, boolean[]> masks = new LinkedHashMap<>();
      method.masks().asMap().forEach((name, mask) -> masks.put(name, mask.toBooleans()));
      assertThat(run.model.restriction()).usingRecursiveComparison().isEqualTo(masks);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void isAFunctionOfTheSeed(Variant variant) {
    Map<String, float[]> first = trained(variant, 3);
    assertThat(trained(variant, 3)).usingRecursiveComparison().isEqualTo(first);
    assertThat(Arrays.equals(trained(variant, 4).get("fc.weight"), first.get("fc.weight"))).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void aResumedRunEqualsAnUninterruptedOne(Variant variant) {
    Map<String, float[]> whole = trained(variant, 5);
    for (long interruption : new long[] {0, 7, 12, 18, 20}) {
      ToyRun run = new ToyRun(5);
      try (SparsityMethod first = create(variant);
          SparsityMethod second = create(variant)) {
        run.start(first);
        run.train(first, 1, interruption, NOTHING);
        SparsityState state = first.capture();
        second.restore(run.model, new SparsityState(Json.parse(Json.line(state.scalars()), JsonNode.class, "test"), state.tensors()));
        assertThat(second.dropFraction()).isEqualTo(first.dropFraction());
        run.train(second, interruption + 1, ITERATIONS, NOTHING);
        assertThat(snapshot(run, second)).as("interrupted after %d", interruption).usingRecursiveComparison().isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void capturingAndRestoringChangesNothing(Variant variant) {
    ToyRun run = new ToyRun(6);
    try (SparsityMethod method = create(variant);
        SparsityMethod copy = create(variant)) {
      run.start(method);
      run.train(method, 1, 13, NOTHING);
      Map<String, float[]> before = snapshot(run, method);
      copy.restore(run.model, method.capture());
      assertThat(copy.capture().scalars()).isEqualTo(method.capture().scalars());
      assertThat(snapshot(run, copy)).usingRecursiveComparison().isEqualTo(before);
      assertThat(copy.explored()).isEqualTo(method.explored());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void leavesNoNativeObjectsBehind(Variant variant) {
    ToyRun run = new ToyRun(7);
    System.gc(); // what earlier tests left behind must not go while this one counts
    Pointer.deallocateReferences();
    long before = Pointer.totalCount();
    for (int round = 0; round < 2; round++) {
      try (SparsityMethod method = create(variant)) {
        run.start(method);
        run.train(method, 1, ITERATIONS, NOTHING);
      }
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  private static SparsityMethod create(Variant variant) {
    return SparsityMethods.create(variant.config(), ToyRun.BLUEPRINT, ToyRun.ITERATIONS_PER_EPOCH);
  }

  private static Map<String, float[]> trained(Variant variant, long seed) {
    ToyRun run = new ToyRun(seed);
    try (SparsityMethod method = create(variant)) {
      run.start(method);
      run.train(method, 1, ITERATIONS, NOTHING);
      return snapshot(run, method);
    }
  }

  private static Map<String, float[]> snapshot(ToyRun run, SparsityMethod method) {
    Map<String, float[]> values = new LinkedHashMap<>();
    run.model.parameters().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    run.momentum().forEach((name, tensor) -> values.put("momentum." + name, Tensors.toFloats(tensor)));
    method.capture().tensors().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    values.put("explored", new float[] {(float) method.explored()});
    return values;
  }

  private static void assertMasked(MaskSet masks, NamedTensors tensors) {
    masks
        .asMap()
        .forEach(
            (name, mask) -> {
              boolean[] active = mask.toBooleans();
              float[] values = Tensors.toFloats(tensors.get(name));
              for (int i = 0; i < active.length; i++) {
                if (!active[i] && values[i] != 0) {
                  throw new AssertionError(name + "[" + i + "] is inactive but " + values[i]);
                }
              }
            });
  }
}
