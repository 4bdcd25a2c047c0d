package dev.sparrow.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

  private static final int N = 5;
  private static final int K = 7;

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
  void twoClassesByHand() {
    Tensor logits = Tensors.ofFloats(new float[] {0, (float) Math.log(3)}, 1, 2);
    Tensor labels = Tensors.ofLongs(new long[] {0}, 1);
    assertThat(Tensors.toFloats(CrossEntropy.INSTANCE.perImage(logits, labels))[0]).isCloseTo((float) Math.log(4), within(1e-6f));
    float[] gradient = Tensors.toFloats(CrossEntropy.INSTANCE.gradient(logits, labels));
    assertThat(gradient).containsExactly(new float[] {-0.75f, 0.75f}, within(1e-6f));
  }

  @Test
  void equalsAutograd() {
    Tensor logits = Tensors.ofFloats(Golden.parameter(5, 0, "logits", N, K), N, K);
    Tensor labels = labels();
    Tensor leaf = logits.clone().set_requires_grad(true);
    Tensor loss = torch.cross_entropy_loss(leaf, labels); // mean over the images
    loss.backward();
    float[] expected = Tensors.toFloats(new Tensor(leaf.grad()));
    float[] gradient = Tensors.toFloats(CrossEntropy.INSTANCE.gradient(logits, labels));
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[i] / N).as("logit %d", i).isCloseTo(expected[i], within(1e-7f));
    }
    assertThat(Tensors.item(CrossEntropy.INSTANCE.perImage(logits, labels).mean())).isCloseTo(Tensors.item(loss.detach()), within(1e-6));
  }

  @Test
  void hugeLogitsStayFinite() {
    Tensor logits = Tensors.ofFloats(new float[] {1e4f, -1e4f, 0}, 1, 3);
    Tensor labels = Tensors.ofLongs(new long[] {1}, 1);
    assertThat(Tensors.toFloats(CrossEntropy.INSTANCE.perImage(logits, labels))).containsExactly(2e4f);
    assertThat(Tensors.toFloats(CrossEntropy.INSTANCE.gradient(logits, labels))).containsExactly(1, -1, 0);
  }

  private static Tensor labels() {
    return Tensors.ofLongs(Golden.labels(5, N, K), N);
  }
}
