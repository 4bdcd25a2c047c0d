package dev.sparrow.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskSetTest {

  private TensorScope scope;
  private NamedTensors parameters;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv.weight", Tensors.ofFloats(new float[] {1, 2, 3, 4}, 2, 2));
    tensors.put("conv.bias", Tensors.ofFloats(new float[] {5, 6}, 2));
    tensors.put("fc.weight", Tensors.ofFloats(new float[] {7, 8, 9, 10, 11, 12}, 3, 2));
    parameters = new NamedTensors(tensors);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void appliesToMaskedParametersOnly() {
    try (MaskSet masks = masks(new boolean[] {true, false, true, true}, new boolean[] {false, false, true, false, false, false})) {
      masks.applyTo(parameters);
      assertThat(Tensors.toFloats(parameters.get("conv.weight"))).containsExactly(1, 0, 3, 4);
      assertThat(Tensors.toFloats(parameters.get("conv.bias"))).containsExactly(5, 6);
      assertThat(Tensors.toFloats(parameters.get("fc.weight"))).containsExactly(0, 0, 9, 0, 0, 0);
      assertThat(masks.density()).isEqualTo(0.4);
      assertThat(masks.densities()).containsExactly(Map.entry("conv.weight", 0.75), Map.entry("fc.weight", 1 / 6.0));
    }
  }

  @Test
  void distanceAndUnionGoOverAllLayers() {
    try (MaskSet one = masks(new boolean[] {true, false, true, true}, new boolean[] {false, false, true, false, false, false});
        MaskSet other = masks(new boolean[] {true, true, true, true}, new boolean[] {true, false, false, false, false, false});
        MaskSet union = one.union(other);
        MaskSet copy = MaskSet.copyOf(one.tensors())) {
      assertThat(one.distance(other)).isEqualTo(0.3);
      assertThat(one.distance(copy)).isZero();
      assertThat(union.active()).isEqualTo(6);
      assertThat(union.size()).isEqualTo(10);
    }
  }

  @Test
  void masksOfBiasesAreAppliedButDoNotCount() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv.weight", Tensors.ofBooleans(new boolean[] {true, true, false, false}, 2, 2));
    tensors.put("conv.bias", Tensors.ofBooleans(new boolean[] {true, false}, 2));
    try (MaskSet masks = MaskSet.copyOf(new NamedTensors(tensors));
        MaskSet dense = MaskSet.copyOf(new NamedTensors(Map.of("conv.bias", Tensors.ofBooleans(new boolean[] {false, true}, 2))))) {
      masks.applyTo(parameters);
      assertThat(Tensors.toFloats(parameters.get("conv.bias"))).containsExactly(5, 0);
      assertThat(masks.names()).containsExactly("conv.weight", "conv.bias");
      assertThat(masks.prunable()).containsExactly("conv.weight");
      assertThat(masks.size()).isEqualTo(4);
      assertThat(masks.active()).isEqualTo(2);
      assertThat(masks.densities()).containsExactly(Map.entry("conv.weight", 0.5));
      assertThat(dense.density()).isEqualTo(1);
      assertThat(dense.distance(masks)).isZero();
    }
  }

  @Test
  void aLayersRandomMaskDoesNotDependOnTheOthers() {
    Density half = new Density(0.5);
    Map<String, Density> both = new LinkedHashMap<>();
    both.put("conv.weight", half);
    both.put("fc.weight", half);
    try (MaskSet all = MaskSet.random(parameters, both, new Seed(4));
        MaskSet single = MaskSet.random(parameters, Map.of("fc.weight", half), new Seed(4))) {
      assertThat(all.names()).containsExactly("conv.weight", "fc.weight");
      assertThat(all.active()).isEqualTo(5);
      assertThat(all.get("fc.weight").differences(single.get("fc.weight"))).isZero();
    }
  }

  @Test
  void emptyIsDense() {
    try (MaskSet masks = MaskSet.empty()) {
      masks.applyTo(parameters);
      assertThat(masks.isEmpty()).isTrue();
      assertThat(masks.density()).isEqualTo(1);
      assertThat(masks.distance(masks)).isZero();
      assertThatThrownBy(() -> masks.get("conv.weight")).hasMessage("mask name: expected one of [], got conv.weight");
    }
  }

  @Test
  void applyingLeavesNoNativeObjectsBehind() {
    try (MaskSet masks = masks(new boolean[] {true, false, true, true}, new boolean[] {false, false, true, false, false, false})) {
      masks.applyTo(parameters);
      long before = Pointer.totalCount();
      for (int i = 0; i < 100; i++) {
        masks.applyTo(parameters);
        masks.distance(masks);
      }
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  private static MaskSet masks(boolean[] conv, boolean[] fc) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv.weight", Tensors.ofBooleans(conv, 2, 2));
    tensors.put("fc.weight", Tensors.ofBooleans(fc, 3, 2));
    return MaskSet.copyOf(new NamedTensors(tensors));
  }
}
