package dev.sparrow.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarginTest {

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
  void byHand() {
    Tensor logits = Tensors.ofFloats(new float[] {3, 1, 2, 3, 1, 2, 5, 5, 4}, 3, 3);
    Tensor labels = Tensors.ofLongs(new long[] {0, 1, 1}, 3);
    assertThat(Tensors.toFloats(Margin.INSTANCE.perImage(logits, labels))).containsExactly(-1, 2, 0);
    assertThat(Tensors.toFloats(Margin.INSTANCE.gradient(logits, labels))).containsExactly(-1, 0, 1, 1, -1, 0, 1, -1, 0);
  }

  @Test
  void ofEqualClassesTheLaterOneRanksFirst() {
    ClassOrder order = ClassOrder.of(Tensors.ofFloats(new float[] {2, 7, 7, 1, 2}, 1, 5));
    long[] ranked = new long[5];
    for (int rank = 1; rank <= 5; rank++) {
      ranked[rank - 1] = Tensors.toLongs(order.at(rank))[0];
    }
    assertThat(ranked).containsExactly(2, 1, 4, 0, 3);
    assertThat(Tensors.toLongs(order.firstBut(Tensors.ofLongs(new long[] {2}, 1)))).containsExactly(1);
    assertThat(Tensors.toLongs(order.firstBut(Tensors.ofLongs(new long[] {1}, 1)))).containsExactly(2);
  }

  @Test
  void everyImageHasARankOfItsOwn() {
    ClassOrder order = ClassOrder.of(Tensors.ofFloats(new float[] {3, 1, 2, 1, 2, 3}, 2, 3));
    assertThat(Tensors.toLongs(order.at(Tensors.ofLongs(new long[] {1, 3}, 2)))).containsExactly(0, 0);
    assertThat(Tensors.toLongs(order.at(Tensors.ofLongs(new long[] {3, 2}, 2)))).containsExactly(1, 1);
  }
}
