package dev.sparrow.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every loss must do. A new loss is one row of {@link #losses()}: a function of the target classes. */
class LossContractTest {

  private static final int N = 5;
  private static final int K = 7;

  private TensorScope scope;
  private Tensor labels;
  private Tensor targets;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    labels = Tensors.ofLongs(Golden.labels(5, N, K), N);
    targets = Tensors.ofLongs(Golden.labels(6, N, K), N);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  static Stream<Named<Function<Tensor, Loss>>> losses() {
    return Stream.of(
        Named.of("cross-entropy", targets -> CrossEntropy.INSTANCE),
        Named.of("margin", targets -> Margin.INSTANCE),
        Named.of("DLR", targets -> Dlr.INSTANCE),
        Named.of("targeted DLR", TargetedDlr::new),
        Named.of("targeted cross-entropy", targets -> new Targeted(CrossEntropy.INSTANCE, targets)),
        Named.of("targeted margin", targets -> new Targeted(Margin.INSTANCE, targets)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientIsTheSlopeOfTheSum(Function<Tensor, Loss> kind) {
    Loss loss = kind.apply(targets);
    double step = 1e-6;
    double[] values = new double[N * K];
    for (int i = 0; i < values.length; i++) {
      values[i] = 8 * Golden.uniform(77, i) - 4;
    }
    Tensor gradient = loss.gradient(doubles(values), labels);
    for (int i = 0; i < values.length; i++) {
      double slope = (sumWith(loss, values, i, step) - sumWith(loss, values, i, -step)) / (2 * step);
      assertThat(Tensors.item(gradient.view(-1).select(0, i))).as("logit %d", i).isCloseTo(slope, within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void leavesItsArgumentsAlone(Function<Tensor, Loss> kind) {
    float[] values = Golden.parameter(5, 0, "logits", N, K);
    Tensor logits = Tensors.ofFloats(values, N, K);
    kind.apply(targets).perImage(logits, labels);
    kind.apply(targets).gradient(logits, labels);
    assertThat(Tensors.toFloats(logits)).containsExactly(values);
    assertThat(Tensors.toLongs(labels)).containsExactly(Golden.labels(5, N, K));
    assertThat(Tensors.toLongs(targets)).containsExactly(Golden.labels(6, N, K));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void doesNotHideNaN(Function<Tensor, Loss> kind) {
    float[] values = Golden.parameter(5, 0, "logits", N, K);
    values[2] = Float.NaN;
    float[] gradient = Tensors.toFloats(kind.apply(targets).gradient(Tensors.ofFloats(values, N, K), labels));
    assertThat(gradient[2]).isNaN();
    for (int i = K; i < gradient.length; i++) {
      assertThat(gradient[i]).as("logit %d of another image", i).isNotNaN();
    }
  }

  @Test
  void ratiosByHand() {
    Tensor logits = Tensors.ofFloats(new float[] {4, 1, 2, 0, 4, 1, 2, 0}, 2, 4);
    Tensor right = Tensors.ofLongs(new long[] {0, 2}, 2);
    // (2 - 4) / (4 - 1), and of a misclassified image (4 - 2) / (4 - 1)
    float third = 2 / 3f;
    assertThat(Tensors.toFloats(Dlr.INSTANCE.perImage(logits, right))).containsExactly(new float[] {-third, third}, within(1e-6f));
    // (1 - 4) / (4 - (1 + 0) / 2), and (4 - 2) / 3.5
    Loss targeted = new TargetedDlr(Tensors.ofLongs(new long[] {1, 0}, 2));
    assertThat(Tensors.toFloats(targeted.perImage(logits, right))).containsExactly(new float[] {-3 / 3.5f, 2 / 3.5f}, within(1e-6f));
  }

  @Test
  void ratiosDependOnNeitherShiftNorScale() {
    float[] values = Golden.parameter(5, 0, "logits", N, K);
    float[] other = values.clone();
    for (int i = 0; i < other.length; i++) {
      other[i] = 1000 * values[i] + 50;
    }
    for (Loss loss : new Loss[] {Dlr.INSTANCE, new TargetedDlr(targets)}) {
      float[] expected = Tensors.toFloats(loss.perImage(Tensors.ofFloats(values, N, K), labels));
      assertThat(Tensors.toFloats(loss.perImage(Tensors.ofFloats(other, N, K), labels))).containsExactly(expected, within(1e-4f));
    }
  }

  @Test
  void ratiosNeedEnoughClasses() {
    Tensor one = Tensors.ofLongs(new long[] {1}, 1);
    assertThatThrownBy(() -> Dlr.INSTANCE.perImage(Tensors.ofFloats(new float[] {1, 2}, 1, 2), one))
        .isInstanceOf(BadInput.class)
        .hasMessage("classes: expected at least 3 for the loss DLR, got 2");
    assertThatThrownBy(() -> new TargetedDlr(one).gradient(Tensors.ofFloats(new float[] {1, 2, 3}, 1, 3), one))
        .isInstanceOf(BadInput.class)
        .hasMessage("classes: expected at least 4 for the loss targeted DLR, got 3");
  }

  private double sumWith(Loss loss, double[] values, int index, double change) {
    double[] changed = values.clone();
    changed[index] += change;
    return Tensors.item(loss.perImage(doubles(changed), labels).sum());
  }

  private static Tensor doubles(double[] values) {
    Tensor tensor = BlankTensors.emptyCpu(ScalarType.Double, N, K);
    tensor.data_ptr_double().put(values);
    return tensor;
  }
}
