package dev.sparrow.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
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
  void gradientIsTheSlopeOfTheSum() {
    double step = 1e-6;
    double[] values = new double[N * K];
    for (int i = 0; i < values.length; i++) {
      values[i] = 8 * Golden.uniform(77, i) - 4;
    }
    Tensor labels = labels();
    Tensor gradient = CrossEntropy.INSTANCE.gradient(doubles(values), labels);
    for (int i = 0; i < values.length; i++) {
      double above = sumWith(values, i, step, labels);
      double below = sumWith(values, i, -step, labels);
      double slope = (above - below) / (2 * step);
      assertThat(Tensors.item(gradient.view(-1).select(0, i))).as("logit %d", i).isCloseTo(slope, within(1e-8));
    }
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

  @Test
  void argumentsStayAsTheyAre() {
    float[] values = Golden.parameter(5, 0, "logits", N, K);
    Tensor logits = Tensors.ofFloats(values, N, K);
    CrossEntropy.INSTANCE.perImage(logits, labels());
    CrossEntropy.INSTANCE.gradient(logits, labels());
    assertThat(Tensors.toFloats(logits)).containsExactly(values);
  }

  private static double sumWith(double[] values, int index, double change, Tensor labels) {
    double[] changed = values.clone();
    changed[index] += change;
    return Tensors.item(CrossEntropy.INSTANCE.perImage(doubles(changed), labels).sum());
  }

  private static Tensor doubles(double[] values) {
    Tensor tensor = BlankTensors.zeros(ScalarType.Double, new Device(torch.DeviceType.CPU), N, K);
    tensor.data_ptr_double().put(values);
    return tensor;
  }

  private static Tensor labels() {
    return Tensors.ofLongs(Golden.labels(5, N, K), N);
  }
}
