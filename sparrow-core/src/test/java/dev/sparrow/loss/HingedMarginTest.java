package dev.sparrow.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class HingedMarginTest {

  @Test
  void byHand() {
    try (TensorScope scope = TensorScope.open()) {
      // right by 1, wrong by 2, equal, and right by 4
      Tensor logits = Tensors.ofFloats(new float[] {3, 1, 2, 3, 1, 2, 5, 5, 4, -5, 0, -4}, 4, 3);
      Tensor labels = Tensors.ofLongs(new long[] {0, 1, 1, 1}, 4);
      assertThat(Tensors.toFloats(HingedMargin.INSTANCE.perImage(logits, labels))).containsExactly(-1, 0, 0, -4);
      assertThat(Tensors.toFloats(HingedMargin.INSTANCE.gradient(logits, labels)))
          .containsExactly(new float[] {-1, 0, 1, 0, 0, 0, 0, 0, 0, 0, -1, 1}, within(0f)); // 0 and -0 are equal
    }
  }

  @Test
  void passesOnWhatIsNotFinite() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = Tensors.ofFloats(new float[] {Float.NaN, 1, 2, 3}, 2, 2);
      Tensor labels = Tensors.ofLongs(new long[] {0, 0}, 2);
      assertThat(Tensors.toFloats(HingedMargin.INSTANCE.gradient(logits, labels))[0]).isNaN();
      assertThat(Tensors.toFloats(HingedMargin.INSTANCE.perImage(logits, labels))[1]).isZero();
    }
  }
}
