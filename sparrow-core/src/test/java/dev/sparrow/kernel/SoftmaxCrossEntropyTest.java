package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

final class SoftmaxCrossEntropyTest {

  private static final SoftmaxCrossEntropy THREE = new SoftmaxCrossEntropy(3);

  @Test
  void equalLogitsCostTheLogarithmOfTheClasses() {
    float[] logits = {5, 5, 5, -1, -1, -1};
    assertThat(THREE.mean(logits, new long[] {0, 2})).isCloseTo(Math.log(3), within(1e-12));
    float[] gradient = new float[6];
    THREE.gradient(logits, new long[] {0, 2}, 3, gradient);
    assertThat(gradient).containsExactly(new float[] {-2, 1, 1, 1, 1, -2}, within(1e-6f));
  }

  @Test
  void twoClassesCostTheLogisticFunctionOfTheMargin() {
    SoftmaxCrossEntropy two = new SoftmaxCrossEntropy(2);
    assertThat(two.mean(new float[] {1, 3}, new long[] {0})).isCloseTo(Math.log1p(Math.exp(2)), within(1e-12));
    float[] gradient = {1, 3};
    two.gradient(gradient, new long[] {0}, 1, gradient); // in place
    float right = (float) (1 / (1 + Math.exp(-2)));
    assertThat(gradient).containsExactly(new float[] {-right, right}, within(1e-7f));
  }

  @Test
  void largeLogitsNeitherOverflowNorVanish() {
    float[] logits = {3e38f, 0, -3e38f};
    assertThat(THREE.mean(logits, new long[] {0})).isZero();
    assertThat(THREE.mean(logits, new long[] {1})).isCloseTo(3e38, within(1e32));
    float[] gradient = new float[3];
    THREE.gradient(logits, new long[] {1}, 1, gradient);
    assertThat(gradient).containsExactly(1, -1, 0);
  }

  @Test
  void nanIsNotHidden() {
    float[] gradient = new float[3];
    THREE.gradient(new float[] {0, Float.NaN, 0}, new long[] {0}, 1, gradient);
    assertThat(gradient).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    assertThat(THREE.mean(new float[] {0, Float.NaN, 0}, new long[] {0})).isNaN();
  }

  @Test
  void equalsTheLossOfTensors() {
    Random random = new Random(8);
    int images = 7;
    int classes = 10;
    float[] logits = new float[images * classes];
    long[] labels = random.longs(images, 0, classes).toArray();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = 4 * (float) random.nextGaussian();
    }
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(classes);
    float[] gradient = new float[logits.length];
    loss.gradient(logits, labels, 1, gradient);
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = Tensors.ofFloats(logits, images, classes);
      Tensor labelTensor = Tensors.ofLongs(labels, images);
      assertThat(gradient).containsExactly(Tensors.toFloats(CrossEntropy.INSTANCE.gradient(tensor, labelTensor)), within(1e-6f));
      double mean = 0;
      for (float one : Tensors.toFloats(CrossEntropy.INSTANCE.perImage(tensor, labelTensor))) {
        mean += one / (double) images;
      }
      assertThat(loss.mean(logits, labels)).isCloseTo(mean, within(1e-5));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> THREE.mean(new float[6], new long[] {0, 3})).isInstanceOf(BadInput.class)
        .hasMessage("label: expected 0 to 2, got 3 (image 1)");
    assertThatThrownBy(() -> THREE.gradient(new float[3], new long[] {-1}, 1, new float[3])).isInstanceOf(BadInput.class)
        .hasMessage("label: expected 0 to 2, got -1 (image 0)");
    assertThatThrownBy(() -> THREE.mean(new float[5], new long[] {0, 1})).isInstanceOf(BadInput.class)
        .hasMessage("logits: expected 2 x 3, got 5 (cross-entropy)");
    assertThatThrownBy(() -> new SoftmaxCrossEntropy(0)).isInstanceOf(BadInput.class)
        .hasMessage("classes: expected a whole number of at least 1, got 0");
  }
}
