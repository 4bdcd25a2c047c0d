package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.RobustnessCurve.Point;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveTracerTest {

  /** Of images with these distances from 0.5, in levels; the third is on the wrong side. */
  private static final double[] DISTANCES = {1.5, 3.5, -20, 5.5, 7.5};

  private static final AttackConfig LINF = new AttackConfig(Norm.LINF, Epsilon.levels(8), Epsilon.levels(1), 20, true);

  private static CurveTracer tracer(LinearClassifier model) {
    Batches images = SumClassifier.greys(DoubleStream.of(DISTANCES).map(levels -> 0.5 - levels / 255).toArray());
    Evaluator evaluator = new Evaluator(model, DeviceSpec.CPU, 2, new Seed(1));
    CurveTracer.Images attacked = new CurveTracer.Images(images, DISTANCES.length, 2, SumClassifier.SIZE);
    return new CurveTracer("sum", evaluator, attacked, AnalysisProgress.SILENT);
  }

  private static List<Epsilon> levels(double... levels) {
    return DoubleStream.of(levels).mapToObj(Epsilon::levels).toList();
  }

  private static List<Double> accuracies(RobustnessCurve curve) {
    return curve.points().stream().map(Point::robustAccuracy).toList();
  }

  /** An image falls when the radius passes its distance. */
  @Test
  void radiiBreakWhatIsNearer() {
    try (LinearClassifier model = SumClassifier.create()) {
      RobustnessCurve curve = tracer(model).overRadii(LINF, levels(8, 0, 1, 2, 4, 6, 1));
      assertThat(curve.points().stream().map(Point::at)).containsExactly("0/255", "1/255", "2/255", "4/255", "6/255", "8/255");
      assertThat(accuracies(curve)).containsExactly(0.8, 0.8, 0.6, 0.4, 0.2, 0.0);
      assertThat(curve.cleanAccuracy()).isEqualTo(0.8);
      assertThat(curve.limit().orElseThrow().value()).isEqualTo(0.5);
      assertThat(curve.limit().orElseThrow().robustAccuracy()).isZero();
      assertThat(curve.flags()).isEmpty();
    }
  }

  /** In l2 every number moves by radius / sqrt(48); grey is reached at 0.5 sqrt(48). */
  @Test
  void radiiAreOfTheNorm() {
    try (LinearClassifier model = SumClassifier.create()) {
      AttackConfig attack = new AttackConfig(Norm.L2, Epsilon.levels(1), Epsilon.levels(1), 20, false);
      double perLevel = Math.sqrt(48);
      RobustnessCurve curve = tracer(model).overRadii(attack, levels(1 * perLevel, 4 * perLevel, 7 * perLevel));
      assertThat(accuracies(curve)).containsExactly(0.8, 0.4, 0.2);
      assertThat(curve.limit().orElseThrow().value()).isEqualTo(0.5 * Math.sqrt(48));
    }
  }

  /** Without a random start, k steps of one level go k levels. */
  @Test
  void stepsGoAsFarAsTheyAreLong() {
    try (LinearClassifier model = SumClassifier.create()) {
      AttackConfig attack = new AttackConfig(Norm.LINF, Epsilon.levels(6), Epsilon.levels(1), 20, false);
      RobustnessCurve curve = tracer(model).overSteps(attack, List.of(4, 1, 2, 100, 2));
      assertThat(curve.points().stream().map(Point::at)).containsExactly("1", "2", "4", "100");
      assertThat(accuracies(curve)).containsExactly(0.8, 0.6, 0.4, 0.2);
      assertThat(curve.limit()).isEmpty();
      assertThat(curve.flags()).isEmpty();
    }
  }

  /** A classifier that looks at nothing stands everywhere, which no attack that works would leave so. */
  @Test
  void whatStandsAtTheLimitIsFlagged() {
    try (LinearClassifier blind = new LinearClassifier(SumClassifier.SIZE, new float[2][48], new float[] {1, 0})) {
      RobustnessCurve curve = tracer(blind).overRadii(LINF, levels(0, 8));
      assertThat(accuracies(curve)).containsExactly(1.0, 1.0);
      assertThat(curve.flags()).containsExactly(CurveFlag.STANDS_AT_LIMIT);
    }
  }

  @Test
  void theLimitBoundsTheRadii() {
    try (LinearClassifier model = SumClassifier.create()) {
      assertThatThrownBy(() -> tracer(model).overRadii(LINF, List.of(new Epsilon(0.5))))
          .isInstanceOf(BadInput.class)
          .hasMessage("--epsilons: expected radii below 127.5/255, which reaches plain grey from every image, got 127.5/255");
    }
  }

  /** More than one percent, and more than one image. */
  @ParameterizedTest
  @CsvSource({
    "1000, 0.400, 0.405, false",
    "1000, 0.400, 0.420, true",
    "20, 0.40, 0.45, false",
    "20, 0.40, 0.50, true",
    "1000, 0.4, 0.3, false"
  })
  void risingCurvesAreFlagged(int images, double fewer, double more, boolean flagged) {
    List<Point> points = List.of(new Point("1", 1, 0.6), new Point("2", 2, fewer), new Point("5", 5, fewer), new Point("10", 10, more));
    RobustnessCurve curve = new RobustnessCurve("n", Over.STEPS, "PGD", images, 0.7, points, Optional.empty(), List.of(), 1).flagged();
    assertThat(curve.flags()).isEqualTo(flagged ? List.of(CurveFlag.RISES_WITH_STEPS) : List.of());
  }

  @Test
  void standingImagesFillBatchesAgain() {
    Batches all = SumClassifier.greys(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
    Batches some = new StandingBatches(all, 2, 0, 3, 4, 6);
    assertThat(some.count()).isEqualTo(2);
    List<Float> first = IntStream.range(0, 2).mapToObj(some::get).flatMap(batch -> firstPixels(batch).stream()).toList();
    assertThat(first).containsExactly(0f, 0.3f, 0.4f, 0.6f);
    assertThat(new StandingBatches(all, 2).count()).isZero();
  }

  private static List<Float> firstPixels(Batch batch) {
    return IntStream.range(0, batch.size()).mapToObj(i -> batch.images()[i * batch.images().length / batch.size()]).toList();
  }

  @Test
  void draws(@TempDir Path folder) throws IOException {
    List<Point> points = IntStream.rangeClosed(0, 16).mapToObj(i -> new Point(i + "/255", i / 255.0, 0.8 * Math.exp(-i / 6.0))).toList();
    Path file = folder.resolve("curve.png");
    new RobustnessCurve("runs/first", Over.EPS, "PGD-20 linf", 1000, 0.8, points, Optional.empty(), List.of(), 1).draw(file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(1440);
    int[] colors = picture.getRGB(0, 0, 1440, picture.getHeight(), new int[1440 * picture.getHeight()], 0, 1440);
    assertThat(IntStream.of(colors).filter(color -> (color & 0xFFFFFF) == 0x0072B2).count()).as("pixels of the line").isGreaterThan(2000);
  }
}
