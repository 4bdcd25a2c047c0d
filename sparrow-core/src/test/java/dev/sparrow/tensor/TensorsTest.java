package dev.sparrow.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TensorsTest {

  @Test
  void valuesAreReadRowByRowWhateverTheLayout() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor matrix = Tensors.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      assertThat(Tensors.toFloats(matrix.t())).containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(Tensors.toLongs(Tensors.ofBooleans(new boolean[] {true, false, true, true}, 2, 2).t())).containsExactly(1, 1, 0, 1);
    }
  }

  @Test
  void bytesAreTheTensorsOwn() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = Tensors.ofFloats(new float[] {1, 2}, 2);
      ByteBuffer bytes = Tensors.bytesOf(tensor);
      assertThat(bytes.remaining()).isEqualTo(8);
      assertThat(bytes.getFloat(4)).isEqualTo(2);
      bytes.putFloat(0, 7);
      assertThat(Tensors.toFloats(tensor)).containsExactly(7, 2);
    }
  }

  @Test
  void bytesOfAnotherLayoutAreRefused() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor transposed = Tensors.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).t();
      assertThatThrownBy(() -> Tensors.bytesOf(transposed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tensor: expected a contiguous one on the CPU, got one in another layout");
    }
  }

  @Test
  void wrongNumberOfValuesIsRefused() {
    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> Tensors.ofLongs(new long[] {1, 2, 3}, 2, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("values: expected 4, got 3");
    }
  }

  @Test
  void largestMagnitudeNoticesWhatIsNotFinite() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(Arithmetic.maxAbs(Tensors.ofFloats(new float[] {1, -3, 2}, 3))).isEqualTo(3);
      assertThat(Arithmetic.maxAbs(Tensors.ofFloats(new float[] {1, Float.NaN, 2}, 3))).isNaN();
      assertThat(Arithmetic.maxAbs(Tensors.ofFloats(new float[] {Float.NEGATIVE_INFINITY, 2}, 2))).isInfinite();
    }
  }

  @Test
  void holdsNothingAtAll() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(Tensors.toFloats(Tensors.ofFloats(new float[0], 0, 3))).isEmpty();
      assertThat(Tensors.toLongs(Tensors.ofLongs(new long[0], 0))).isEmpty();
      assertThat(Tensors.toBooleans(Tensors.ofBooleans(new boolean[0], 0))).isEmpty();
    }
  }
}
