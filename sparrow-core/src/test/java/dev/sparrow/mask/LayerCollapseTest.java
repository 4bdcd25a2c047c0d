package dev.sparrow.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayerCollapseTest {

  private static final LayerCollapse REFUSED = new LayerCollapse(false);
  private static final LayerCollapse ALLOWED = new LayerCollapse(true);

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
  void namesEveryCollapsedLayerAndItsSize() {
    try (MaskSet masks = masks(0, 1, 0)) {
      assertThat(LayerCollapse.layers(masks)).containsExactly("conv1.weight", "fc.weight");
      assertThatThrownBy(() -> REFUSED.check(masks, "global magnitude at density 0.001"))
          .isInstanceOfSatisfying(BadInput.class, fault -> assertThat(fault.isUsage()).isFalse())
          .hasMessage(
              "active weights: expected at least one in every layer, got none in conv1.weight (1,152 weights), fc.weight (20 weights)"
                  + " (global magnitude at density 0.001; --allow-collapse lets it pass)");
    }
  }

  @Test
  void oneActiveWeightIsEnough() {
    try (MaskSet masks = masks(1, 1, 1);
        MaskSet dense = MaskSet.empty()) {
      assertThat(LayerCollapse.layers(masks)).isEmpty();
      assertThatCode(() -> REFUSED.check(masks, "here")).doesNotThrowAnyException();
      assertThatCode(() -> REFUSED.check(dense, "here")).doesNotThrowAnyException();
    }
  }

  @Test
  void allowedIsAllowed() {
    try (MaskSet masks = masks(0, 0, 0)) {
      assertThatCode(() -> ALLOWED.check(masks, "here")).doesNotThrowAnyException();
    }
  }

  @Test
  void scalesOfABatchNormAreNoLayer() {
    boolean[] none = new boolean[4];
    boolean[] one = {false, true, false, false};
    try (MaskSet masks =
        MaskSet.copyOf(
            new NamedTensors(Map.of("conv.weight", Tensors.ofBooleans(one, 4, 1, 1, 1), "bn.weight", Tensors.ofBooleans(none, 4))))) {
      assertThat(LayerCollapse.layers(masks)).isEmpty();
    }
  }

  /** Masks of three layers with so many active weights each. */
  private static MaskSet masks(int conv1, int conv2, int fc) {
    Map<String, Tensor> masks = new LinkedHashMap<>();
    masks.put("conv1.weight", mask(conv1, 16, 8, 3, 3));
    masks.put("conv2.weight", mask(conv2, 4, 16, 1, 1));
    masks.put("fc.weight", mask(fc, 5, 4));
    return MaskSet.copyOf(new NamedTensors(masks));
  }

  private static Tensor mask(int active, long... shape) {
    boolean[] values = new boolean[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))];
    Arrays.fill(values, values.length - active, values.length, true);
    return Tensors.ofBooleans(values, shape);
  }
}
