package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.model.InnerValues;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CkaTest {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);
  private static final int IMAGES = 5;
  private static final int SIZE = 32;

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /**
   * X = (0 0; 2 0; 1 3) and Y = (0; 0; 3), less their means: (-1 -1; 1 -1; 0 2) and (-1; -1; 2). So Y'X = (0 6), of squared length 36,
   * X'X = (2 0; 0 6) of length sqrt(40), Y'Y = 6: 36 / (6 sqrt(40)).
   */
  @Test
  void threeImagesByHand() {
    assertThat(cka(new double[][] {{0, 0}, {2, 0}, {1, 3}}, new double[][] {{0}, {0}, {3}})).isEqualTo(6 / Math.sqrt(40), ROUNDING);
  }

  @Test
  void oneForTheSameFeaturesAndZeroForConstantOnes() {
    double[][] x = random(7, 9, 1);
    assertThat(cka(x, x)).isEqualTo(1, ROUNDING);
    assertThat(cka(x, new double[7][3])).isZero();
    assertThat(cka(new double[7][3], new double[7][3])).isZero();
  }

  @Test
  void equalsTheFormulaOfCovariances() {
    double[][] x = random(12, 20, 2);
    double[][] y = random(12, 5, 3);
    assertThat(cka(x, y)).isEqualTo(byCovariance(x, y), ROUNDING).isBetween(0.1, 0.9);
  }

  /** More features than are taken at a time. */
  @Test
  void manyFeaturesAreSummedPieceByPiece() {
    double[][] x = random(4, 9000, 4);
    double[][] y = random(4, 3, 5);
    double[][] widened = new double[4][9000]; // y, spread over the pieces
    for (int i = 0; i < 4; i++) {
      widened[i][0] = y[i][0];
      widened[i][5000] = y[i][1];
      widened[i][8999] = y[i][2];
    }
    assertThat(cka(x, widened)).isEqualTo(cka(x, y), ROUNDING);
    assertThat(cka(widened, y)).isEqualTo(1, ROUNDING);
  }

  @Test
  void rotationScaleAndShiftChangeNothing() {
    double[][] x = random(9, 4, 6);
    double[][] y = random(9, 6, 7);
    double[][] moved = new double[9][4];
    double angle = 0.7;
    for (int i = 0; i < 9; i++) { // rotates columns 0 and 2 and mirrors column 1
      moved[i][0] = 3 * (Math.cos(angle) * x[i][0] - Math.sin(angle) * x[i][2]) + 5;
      moved[i][2] = 3 * (Math.sin(angle) * x[i][0] + Math.cos(angle) * x[i][2]);
      moved[i][1] = -3 * x[i][1];
      moved[i][3] = 3 * x[i][3] - 1;
    }
    assertThat(cka(moved, y)).isEqualTo(cka(x, y), ROUNDING);
    for (double[] row : moved) {
      row[0] *= 4; // scaling one feature is something else
    }
    assertThat(Math.abs(cka(moved, y) - cka(x, y))).isGreaterThan(1e-3);
  }

  @Test
  void comparesLayersOfNetworks() {
    NetworkConfig config = new NetworkConfig(Arch.RESNET18, 2, 10, 1);
    try (LibtorchClassifier first = FormulaNetwork.of(Blueprints.create(config, 10, SIZE, Density.DENSE), 1);
        LibtorchClassifier second = FormulaNetwork.of(Blueprints.create(config, 10, SIZE, Density.DENSE), 2)) {
      LayerViews one = new LayerViews(first, DeviceSpec.CPU);
      LayerViews other = new LayerViews(second, DeviceSpec.CPU);
      List<String> layers = List.of("conv1", "layer3", "linear");
      List<String> heard = new ArrayList<>();
      Cka cka = Cka.between(one, layers, other, List.of("layer4"), batches(), IMAGES, (done, total) -> heard.add(done + "/" + total));
      assertThat(cka.rows()).isEqualTo(layers);
      assertThat(cka.columns()).containsExactly("layer4");
      for (int row = 0; row < 3; row++) {
        double expected = byCovariance(features(first, layers.get(row)), features(second, "layer4"));
        assertThat(cka.similarity().get(row).get(0)).isEqualTo(expected, ROUNDING);
      }
      assertThat(heard).containsExactly("0/20", "5/20", "10/20", "15/20");
      Cka within = Cka.within(one, layers, batches(), IMAGES, EvaluationProgress.SILENT);
      assertThat(within.similarity().get(1).get(1)).isEqualTo(1, ROUNDING);
      assertThat(within.similarity().get(0).get(2)).isEqualTo(within.similarity().get(2).get(0), ROUNDING).isLessThan(1);
      assertThat(one.outline()).hasSize(10).startsWith("conv1").endsWith("linear");
    }
  }

  @Test
  void refusesTooFewImages() {
    try (LibtorchClassifier model = FormulaNetwork.of(Blueprints.create(new NetworkConfig(Arch.VGG11, 1, 10, 1), 10, SIZE, Density.DENSE), 1)) {
      LayerViews views = new LayerViews(model, DeviceSpec.CPU);
      assertThatThrownBy(() -> Cka.within(views, List.of("classifier"), batches(), 2, EvaluationProgress.SILENT))
          .isInstanceOf(BadInput.class)
          .hasMessage("images: expected at least 3, got 2");
    }
  }

  /** Five images in batches of two. */
  private static Batches batches() {
    return new Batches() {
      @Override
      public int count() {
        return 3;
      }

      @Override
      public Batch get(int index) {
        int length = 3 * SIZE * SIZE;
        float[] all = Golden.images(1, 2 * count(), SIZE);
        return new Batch(index, SIZE, Arrays.copyOfRange(all, 2 * index * length, 2 * (index + 1) * length), new long[2]);
      }
    };
  }

  private static double[][] features(LibtorchClassifier model, String layer) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.ofFloats(Golden.images(1, IMAGES, SIZE), IMAGES, 3, SIZE, SIZE);
      float[] values = Tensors.toFloats(new InnerValues(model).of(images, List.of(layer)).get(layer).contiguous());
      int width = values.length / IMAGES;
      double[][] features = new double[IMAGES][width];
      for (int i = 0; i < values.length; i++) {
        features[i / width][i % width] = values[i];
      }
      return features;
    }
  }

  private static double cka(double[][] x, double[][] y) {
    return CentredGram.of(tensor(x)).alignment(CentredGram.of(tensor(y)));
  }

  private static Tensor tensor(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return Tensors.ofFloats(values, rows.length, rows[0].length);
  }

  /** |Y'X|^2 / (|X'X| |Y'Y|): the slow twin, which looks at pairs of features instead of pairs of images. */
  private static double byCovariance(double[][] x, double[][] y) {
    return squaredLength(x, y) / Math.sqrt(squaredLength(x, x) * squaredLength(y, y));
  }

  private static double squaredLength(double[][] x, double[][] y) {
    double sum = 0;
    double[][] xt = centredColumns(x);
    double[][] yt = centredColumns(y);
    for (double[] a : xt) {
      for (double[] b : yt) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
          product += a[i] * b[i];
        }
        sum += product * product;
      }
    }
    return sum;
  }

  private static double[][] centredColumns(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int j = 0; j < columns.length; j++) {
      double mean = 0;
      for (double[] row : rows) {
        mean += row[j] / rows.length;
      }
      for (int i = 0; i < rows.length; i++) {
        columns[j][i] = rows[i][j] - mean;
      }
    }
    return columns;
  }

  private static double[][] random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.setAll(row, j -> random.nextInt(-50, 50) / 8.0); // exact in float32
    }
    return values;
  }
}
