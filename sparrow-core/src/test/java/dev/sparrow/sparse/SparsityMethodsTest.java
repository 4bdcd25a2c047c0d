package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.config.Growth;
import dev.sparrow.config.Method;
import dev.sparrow.data.Batches;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SparsityMethodsTest {

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void updatesComeWhenTheScheduleSays() {
    // 36 iterations: every 4 up to iteration 18, then every 6; RigL stops before iteration 27.
    assertThat(updateTimes(Method.FLYING_BIRD)).containsExactly(4L, 8L, 12L, 16L, 24L, 30L, 36L);
    assertThat(updateTimes(Method.SET)).containsExactly(4L, 8L, 12L, 16L, 24L, 30L, 36L);
    assertThat(updateTimes(Method.RIGL)).containsExactly(4L, 8L, 12L, 16L, 24L);
    assertThat(updateTimes(Method.STATIC)).isEmpty();
    // Gradual pruning ends at iteration 27, whatever the frequency.
    assertThat(updateTimes(Method.GRADUAL)).containsExactly(4L, 8L, 12L, 16L, 24L, 27L);
  }

  @Test
  void theDropFractionEndsWithTheUpdates() {
    assertThat(dropFractionAfter(Method.FLYING_BIRD, 0)).isEqualTo(0.5);
    assertThat(dropFractionAfter(Method.FLYING_BIRD, 18)).isCloseTo(0.2525, within(1e-12));
    assertThat(dropFractionAfter(Method.FLYING_BIRD, 36)).isCloseTo(0.005, within(1e-12));
    assertThat(dropFractionAfter(Method.RIGL, 27)).isCloseTo(0.005, within(1e-12));
    assertThat(dropFractionAfter(Method.RIGL, 36)).isCloseTo(0.005, within(1e-12));
    assertThat(dropFractionAfter(Method.STATIC, 6)).isZero();
  }

  @Test
  void newConnectionsStartAtZeroWithoutMomentum() {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod method = create(Method.FLYING_BIRD)) {
      run.start(method);
      run.train(method, 1, 3, () -> {});
      Map<String, boolean[]> before = new LinkedHashMap<>();
      method.masks().asMap().forEach((name, mask) -> before.put(name, mask.toBooleans()));
      run.train(method, 4, 4, () -> {});
      int fresh = 0;
      for (String name : method.masks().names()) {
        boolean[] after = method.masks().get(name).toBooleans();
        float[] weights = Tensors.toFloats(run.model.parameters().get(name));
        float[] momentum = Tensors.toFloats(run.momentum().get(name));
        for (int i = 0; i < after.length; i++) {
          if (after[i] && !before.get(name)[i]) {
            assertThat(weights[i]).isZero();
            assertThat(momentum[i]).isZero();
            fresh++;
          }
        }
      }
      assertThat(fresh).isPositive();
    }
  }

  @Test
  void theInitialMasksFollowTheAllocation() {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod method = create(Method.STATIC)) {
      run.start(method);
      assertThat(method.masks().names()).containsExactly("conv1.weight", "conv2.weight", "fc.weight");
      assertThat(method.explored()).isEqualTo(method.masks().density());
      assertThat(method.masks().densities().get("conv1.weight")).isGreaterThan(method.masks().densities().get("fc.weight"));
    }
  }

  /** The masks of whole channels have those of batch norm with them. */
  @Test
  void aTicketsMasksOfBatchNormSurviveUpdatesAndCheckpoints() {
    ToyRun run = new ToyRun(1);
    boolean[] channels = {true, false, false, true};
    try (SparsityMethod first = create(Method.STATIC);
        SparsityMethod method = create(Method.FLYING_BIRD);
        SparsityMethod resumed = create(Method.FLYING_BIRD)) {
      run.start(first);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("conv1.weight", first.masks().get("conv1.weight").tensor());
      tensors.put("bn1.weight", Tensors.ofBooleans(channels, 4));
      tensors.put("conv2.weight", first.masks().get("conv2.weight").tensor());
      tensors.put("fc.weight", first.masks().get("fc.weight").tensor());
      MaskSet ticket = MaskSet.copyOf(new NamedTensors(tensors));
      method.initialize(new SparsityStart(run.model, DeviceSpec.CPU, Batches.NONE, Optional.of(ticket), run.seed()));
      ticket.close();
      assertThat(run.train(method, 1, 4, () -> {})).hasSize(1);
      resumed.restore(run.model, method.capture());
      for (SparsityMethod either : List.of(method, resumed)) {
        assertThat(either.masks().names()).containsExactlyElementsOf(tensors.keySet());
        assertThat(either.masks().get("bn1.weight").toBooleans()).containsExactly(channels);
        assertThat(either.masks().densities()).containsOnlyKeys("conv1.weight", "conv2.weight", "fc.weight");
      }
      float[] scales = Tensors.toFloats(run.model.parameters().get("bn1.weight"));
      assertThat(scales[0]).isNotZero();
      assertThat(scales[1]).isZero();
    }
  }

  @Test
  void restoreListsEverythingThatDoesNotFit() {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod method = create(Method.FLYING_BIRD)) {
      run.start(method);
      Map<String, Tensor> tensors = new LinkedHashMap<>(method.capture().tensors().asMap());
      tensors.remove("mask.conv1.weight");
      tensors.put("mask.fc.weight", Tensors.ofBooleans(new boolean[6], 2, 3));
      tensors.put("explored.fc.weight", Tensors.ofFloats(new float[320], 10, 8, 2, 2));
      tensors.put("mask.head.weight", Tensors.ofBooleans(new boolean[6], 2, 3));
      SparsityState state = new SparsityState(method.capture().scalars(), new NamedTensors(tensors));
      assertThatThrownBy(() -> method.restore(run.model, state))
          .isInstanceOf(BadInput.class)
          .hasMessage(
              "masks: expected those of this network, got no mask.conv1.weight, mask.fc.weight of shape 2x3 instead of 10x8x2x2,"
                  + " explored.fc.weight not boolean, unknown mask.head.weight (sparsity state)");
    }
  }

  @Test
  void restoreRejectsAnotherMethodsState() {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod bird = create(Method.FLYING_BIRD);
        SparsityMethod rigl = create(Method.RIGL);
        SparsityMethod dense = create(Method.DENSE)) {
      run.start(bird);
      assertThatThrownBy(() -> rigl.restore(run.model, bird.capture()))
          .hasMessage("method: expected rigl, got flying-bird (sparsity state)");
      assertThatThrownBy(() -> dense.restore(run.model, bird.capture()))
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("masks: expected those of this network, got unknown mask.conv1.weight");
      assertThatThrownBy(() -> bird.restore(run.model, dense.capture())).isInstanceOf(BadInput.class);
    }
  }

  private static List<Long> updateTimes(Method method) {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod sparsity = create(method)) {
      run.start(sparsity);
      return run.train(sparsity, 1, 36, () -> {}).stream().map(TopologyUpdate::iteration).toList();
    }
  }

  private static double dropFractionAfter(Method method, long iterations) {
    ToyRun run = new ToyRun(1);
    try (SparsityMethod sparsity = create(method)) {
      run.start(sparsity);
      run.train(sparsity, 1, iterations, () -> {});
      return sparsity.dropFraction();
    }
  }

  private static SparsityMethod create(Method method) {
    return SparsityMethods.create(Configs.of(method, Growth.GRADIENT), ToyRun.BLUEPRINT, ToyRun.ITERATIONS_PER_EPOCH);
  }
}
