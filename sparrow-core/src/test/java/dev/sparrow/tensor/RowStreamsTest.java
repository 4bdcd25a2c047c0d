package dev.sparrow.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.units.Seed;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Each row has a stream of its own, wherever it stands and whatever stands beside it. */
class RowStreamsTest {

  private static final Seed SEED = new Seed(4);

  private static float[] draw(boolean normal, long... ids) {
    try (TensorScope scope = TensorScope.open();
        Rng rng = Rng.perRow(SEED, ids)) {
      Tensor like = Tensors.ofFloats(new float[ids.length * 6], ids.length, 2, 3);
      return Tensors.toFloats(normal ? rng.normalLike(like) : rng.uniformLike(like, -1, 1));
    }
  }

  @Test
  void aRowDoesNotDependOnTheOthers() {
    for (boolean normal : new boolean[] {false, true}) {
      float[] together = draw(normal, 7, 3, 9);
      assertThat(Arrays.copyOfRange(together, 6, 12)).containsExactly(draw(normal, 3));
      assertThat(Arrays.copyOfRange(together, 12, 18)).containsExactly(draw(normal, 9));
      assertThat(Arrays.copyOfRange(together, 0, 6)).doesNotContain(draw(normal, 3));
    }
  }

  @Test
  void theNumbersOfRowsMustAgree() {
    try (TensorScope scope = TensorScope.open();
        Rng rng = Rng.perRow(SEED, 1, 2)) {
      Tensor like = Tensors.ofFloats(new float[3], 3, 1);
      assertThatThrownBy(() -> rng.uniformLike(like, 0, 1)).isInstanceOf(IllegalArgumentException.class).hasMessage("rows to draw: expected 2, got 3");
    }
  }
}
