package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a two-class linear model, whose margin has a constant gradient. */
class CarliniWagnerTest {

  private static final int SIZE = 3;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final Seed SEED = new Seed(5);

  private final float[][] weight = {new float[PIXELS], Golden.parameter(1, 1, "weight", 1, PIXELS)};
  private final float[] image = new float[PIXELS];
  private float[] bias = new float[2];
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    Arrays.fill(image, 0.5f);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void inLinfItStaysWhereTheImageIsMisclassified() {
    double slope = 0;
    double value = 0;
    for (float w : weight[1]) {
      slope += Math.abs(w);
      value += w * 0.5;
    }
    bias = new float[] {(float) (value + 0.025 * slope), 0}; // the boundary is 0.025 away
    CarliniWagnerLinf cw = new CarliniWagnerLinf(new Epsilon(0.1), new Epsilon(0.01), 8, false);
    try (LinearClassifier model = new LinearClassifier(SIZE, weight, bias);
        Rng rng = new Rng(SEED)) {
      float[] adversarial = Tensors.toFloats(cw.perturb(model, clean(), Tensors.ofLongs(new long[1], 1), rng));
      for (int i = 0; i < PIXELS; i++) {
        assertThat((double) adversarial[i]).isCloseTo(0.5 + 0.03 * Math.signum(weight[1][i]), within(1e-6));
      }
    }
  }

  @Test
  void inL2ItGoesWhereTheFormulasGo() {
    image[0] = 0; // as far from the box's edge as the scale keeps it
    image[1] = 1;
    bias = new float[] {100, 0}; // the margin is never lost
    try (LinearClassifier model = new LinearClassifier(SIZE, weight, bias);
        TensorTable table = table()) {
      CarliniWagnerL2 cw = new CarliniWagnerL2(new Epsilon(9), 20);
      cw.begin(model, table, SEED);
      for (int iteration = 0; iteration < 20; iteration++) {
        assertThat(Tensors.toBooleans(table.get(Search.DONE))).containsExactly(false);
        cw.advance(model, table, SEED);
      }
      assertThat(Tensors.toBooleans(table.get(Search.DONE))).containsExactly(true);
      assertThat(Tensors.toBooleans(table.get(Search.BROKEN))).containsExactly(false);
      float[] expected = new float[PIXELS];
      double[] twin = twin(20);
      for (int i = 0; i < PIXELS; i++) {
        expected[i] = (float) twin[i];
      }
      assertThat(Tensors.toFloats(table.get("point").tanh())).containsExactly(expected, within(1e-5f));
    }
  }

  /** The boundary lies between the images of the 10th and the 11th look. */
  @Test
  void inL2OnlyTheRadiusCounts() {
    bias = new float[] {(float) ((value(twin(9)) + value(twin(10))) / 2), 0};
    double distance = 0;
    for (double tanh : twin(10)) {
      distance = Math.hypot(distance, (1 + tanh) / 2 - 0.5);
    }
    assertThat(looksToBreak(distance * 1.001)).isEqualTo(11);
    assertThat(looksToBreak(distance * 0.999)).isEqualTo(-1);
  }

  @Test
  void theNormSaysWhichOneItIs() {
    AttackConfig linf = new AttackConfig(Norm.LINF, Epsilon.levels(8), Epsilon.levels(2), 20, true);
    AttackConfig l2 = new AttackConfig(Norm.L2, new Epsilon(0.5), new Epsilon(0.1), 20, true);
    assertThat(Attacks.carliniWagner(linf)).isEqualTo(new CarliniWagnerLinf(Epsilon.levels(8), Epsilon.levels(2), 20, true));
    assertThat(Attacks.carliniWagner(l2)).isEqualTo(new CarliniWagnerL2(new Epsilon(0.5), 50));
  }

  @Test
  void refusesNumbersBelowOne() {
    assertThatThrownBy(() -> new CarliniWagnerL2(new Epsilon(1), 0))
        .isInstanceOf(BadInput.class)
        .hasMessage("iterations of CW: expected a whole number of at least 1, got 0");
    assertThatThrownBy(() -> new CarliniWagnerLinf(new Epsilon(1), new Epsilon(1), 0, true))
        .isInstanceOf(BadInput.class)
        .hasMessage("attack steps: expected a whole number of at least 1, got 0");
  }

  @Test
  void logitsThatAreNotFiniteAreAnError() {
    bias = new float[] {Float.NaN, 0};
    try (LinearClassifier model = new LinearClassifier(SIZE, weight, bias);
        TensorTable table = table()) {
      CarliniWagnerL2 cw = new CarliniWagnerL2(new Epsilon(1), 2);
      cw.begin(model, table, SEED);
      assertThatThrownBy(() -> cw.advance(model, table, SEED))
          .isInstanceOf(AttackFailure.class)
          .hasMessage("logits: expected finite numbers, got NaN or infinity (attack cw)");
    }
  }

  /** The number of looks at the classifier until the image is broken, or -1. After that it would find nothing nearer. */
  private int looksToBreak(double eps) {
    try (LinearClassifier model = new LinearClassifier(SIZE, weight, bias);
        TensorTable table = table()) {
      CarliniWagnerL2 cw = new CarliniWagnerL2(new Epsilon(eps), 11);
      cw.begin(model, table, SEED);
      int looks = 0;
      while (!Tensors.toBooleans(table.get(Search.DONE))[0]) {
        cw.advance(model, table, SEED);
        looks++;
      }
      return Tensors.toBooleans(table.get(Search.BROKEN))[0] ? looks : -1;
    }
  }

  /** The hyperbolic tangents after some steps of Adam on |x - x0|^2 + z_0 - z_1, in double. */
  private double[] twin(int steps) {
    double[] tanh = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      double scaled = (2.0 * image[i] - 1) * 0.999999;
      double w = 0.5 * Math.log((1 + scaled) / (1 - scaled));
      double m = 0;
      double v = 0;
      for (int t = 1; t <= steps; t++) {
        double x = (Math.tanh(w) + 1) / 2;
        double g = (2 * (x - image[i]) + weight[0][i] - weight[1][i]) * 0.5 * (1 - Math.pow(Math.tanh(w), 2));
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        w -= 0.01 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
      }
      tanh[i] = Math.tanh(w);
    }
    return tanh;
  }

  private double value(double[] tanh) {
    double value = 0;
    for (int i = 0; i < PIXELS; i++) {
      value += weight[1][i] * (1 + tanh[i]) / 2;
    }
    return value;
  }

  private Tensor clean() {
    return Tensors.ofFloats(image, 1, 3, SIZE, SIZE);
  }

  private TensorTable table() {
    return Search.table(new long[] {0}, clean(), Tensors.ofLongs(new long[1], 1));
  }
}
