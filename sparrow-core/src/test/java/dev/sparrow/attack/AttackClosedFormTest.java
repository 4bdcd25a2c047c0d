package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.loss.Loss;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import org.junit.jupiter.api.Test;

/** On a two-class linear model the worst perturbation is known: along the difference of the two weight rows, away from the label. */
class AttackClosedFormTest {

  private static final int SIZE = 3;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final int N = 4;
  private static final Loss LOSS = CrossEntropy.INSTANCE;
  private static final double EPS = 8 / 255.0;
  private static final ThreatModel LINF = new ThreatModel(Norm.LINF, Epsilon.levels(8));
  private static final ThreatModel L2 = new ThreatModel(Norm.L2, new Epsilon(0.25));

  private final float[][] weight = {Golden.parameter(1, 0, "weight", 1, PIXELS), Golden.parameter(1, 1, "weight", 1, PIXELS)};
  private final float[] images = Golden.images(2, N, SIZE); // with 0 and 1 among the pixels, so that the box matters
  private final long[] labels = {0, 1, 1, 0};

  @Test
  void pgdReachesTheCornerOfTheLinfBall() {
    for (boolean randomStart : new boolean[] {false, true}) {
      // two radii of steps: from any start every pixel arrives
      Attack pgd = new Pgd(LINF, Epsilon.levels(2), 8, randomStart, LOSS);
      assertThat(perturb(pgd, images, 3)).containsExactly(linfOptimum(EPS), within(1e-6f));
    }
  }

  @Test
  void pgdStopsWhereItsStepsEnd() {
    Attack pgd = new Pgd(LINF, Epsilon.levels(2), 3, false, LOSS);
    assertThat(perturb(pgd, images, 3)).containsExactly(linfOptimum(6 / 255.0), within(1e-6f));
  }

  @Test
  void fgsmTakesTheWholeRadiusAtOnce() {
    assertThat(perturb(new Fgsm(LINF, LOSS), images, 3)).containsExactly(linfOptimum(EPS), within(1e-6f));
  }

  @Test
  void pgdReachesTheOptimumOfTheL2Ball() {
    float[] grey = grey();
    Attack pgd = new Pgd(L2, new Epsilon(0.1), 5, false, LOSS);
    assertThat(perturb(pgd, grey, 3)).containsExactly(l2Optimum(grey, 0.25), within(1e-6f));
    assertThat(perturb(new Pgd(L2, new Epsilon(0.1), 2, false, LOSS), grey, 3)).containsExactly(l2Optimum(grey, 0.2), within(1e-6f));
    assertThat(perturb(new Fgsm(L2, LOSS), grey, 3)).containsExactly(l2Optimum(grey, 0.25), within(1e-6f));
  }

  @Test
  void l2StepsConvergeFromARandomStart() {
    float[] grey = grey();
    Attack pgd = new Pgd(L2, new Epsilon(0.1), 60, true, LOSS);
    assertThat(perturb(pgd, grey, 3)).containsExactly(l2Optimum(grey, 0.25), within(1e-4f));
  }

  @Test
  void fastFgsmOvershootsTowardsTheCornerAndIsClippedToTheBall() {
    float[] grey = grey();
    float[] adversarial = perturb(new FastFgsm(LINF, LOSS), grey, 3);
    int arrived = 0;
    for (int i = 0; i < adversarial.length; i++) {
      // a start at -1 radius comes to +1/4; three starts in eight end short of +1, the others are clipped there
      double along = (adversarial[i] - grey[i]) * direction(i);
      assertThat(along).isBetween(EPS / 4 - 1e-6, EPS + 1e-6);
      arrived += along > EPS - 1e-6 ? 1 : 0;
    }
    assertThat(arrived / (double) adversarial.length).isBetween(0.5, 0.75);
  }

  @Test
  void nFgsmLeavesTheRadiusItTrainsForButNotThreeOfThem() {
    float[] grey = grey();
    float[] adversarial = perturb(new NFgsm(Epsilon.levels(8), LOSS), grey, 3);
    double low = 1;
    double high = -1;
    for (int i = 0; i < adversarial.length; i++) {
      double along = (adversarial[i] - grey[i]) * direction(i);
      assertThat(along).isBetween(-EPS - 1e-6, 3 * EPS + 1e-6);
      low = Math.min(low, along);
      high = Math.max(high, along);
    }
    assertThat(low).isLessThan(-0.5 * EPS); // noise of -2 radii, then a step of +1
    assertThat(high).isGreaterThan(2.5 * EPS);
    assertThat(new NFgsm(Epsilon.levels(8), LOSS).threatModel()).isEqualTo(new ThreatModel(Norm.LINF, Epsilon.levels(24)));
  }

  @Test
  void l2ProjectionGoesToTheBoxFirst() {
    try (TensorScope scope = TensorScope.open()) {
      float[] black = new float[12];
      Ball ball = new ThreatModel(Norm.L2, new Epsilon(1)).around(Tensors.ofFloats(black, 1, 3, 2, 2));
      float[] outside = new float[12];
      outside[0] = 3;
      outside[1] = -4;
      var images = Tensors.ofFloats(outside, 1, 3, 2, 2);
      ball.project(images);
      // the box first: (1, 0), at distance 1; the ball first would give (0.6, -0.8) and then (0.6, 0)
      float[] expected = new float[12];
      expected[0] = 1;
      assertThat(Tensors.toFloats(images)).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void l2StartLiesOnTheSphereInTheDirectionOfUniformNoise() {
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(new Seed(5));
        Rng same = new Rng(new Seed(5))) {
      float[] grey = grey();
      var centre = Tensors.ofFloats(grey, N, 3, SIZE, SIZE);
      Ball ball = L2.around(centre);
      float[] start = Tensors.toFloats(ball.sample(rng));
      float[] noise = Tensors.toFloats(same.uniformLike(centre, 0, 1));
      for (int image = 0; image < N; image++) {
        double length = 0;
        for (int i = image * PIXELS; i < (image + 1) * PIXELS; i++) {
          length += Math.pow(noise[i] - grey[i], 2);
        }
        for (int i = image * PIXELS; i < (image + 1) * PIXELS; i++) {
          assertThat(start[i]).isCloseTo((float) (grey[i] + (noise[i] - grey[i]) * 0.25 / Math.sqrt(length)), within(1e-6f));
        }
      }
    }
  }

  private float[] perturb(Attack attack, float[] values, long seed) {
    try (TensorScope scope = TensorScope.open();
        LinearClassifier model = new LinearClassifier(SIZE, weight, new float[] {0.1f, -0.1f});
        Rng rng = new Rng(new Seed(seed))) {
      return Tensors.toFloats(attack.perturb(model, Tensors.ofFloats(values, N, 3, SIZE, SIZE), Tensors.ofLongs(labels, N), rng));
    }
  }

  private double difference(int i) {
    double difference = weight[1][i % PIXELS] - weight[0][i % PIXELS];
    return labels[i / PIXELS] == 0 ? difference : -difference;
  }

  private double direction(int i) {
    return Math.signum(difference(i));
  }

  private float[] linfOptimum(double eps) {
    float[] optimum = new float[images.length];
    for (int i = 0; i < optimum.length; i++) {
      optimum[i] = (float) Math.min(1, Math.max(0, images[i] + eps * direction(i)));
    }
    return optimum;
  }

  private float[] l2Optimum(float[] centre, double eps) {
    double squares = 0;
    for (int i = 0; i < PIXELS; i++) {
      squares += difference(i) * difference(i);
    }
    float[] optimum = new float[centre.length];
    for (int i = 0; i < optimum.length; i++) {
      optimum[i] = (float) (centre[i] + eps * difference(i) / Math.sqrt(squares));
    }
    return optimum;
  }

  /** Images far from the box's faces. */
  private float[] grey() {
    float[] grey = images.clone();
    for (int i = 0; i < grey.length; i++) {
      grey[i] = 0.35f + 0.3f * grey[i];
    }
    return grey;
  }
}
