package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.loss.Loss;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.Threads;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every attack must do. A new attack is one row of {@link #attacks()}. */
class AttackContractTest {

  private static final int SIZE = 4;
  private static final int CLASSES = 5;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final Loss LOSS = CrossEntropy.INSTANCE;

  @BeforeAll
  static void oneThread() {
    Threads.use(1); // on images of 48 pixels more threads only wait for each other
  }

  static Stream<Named<Attack>> attacks() {
    ThreatModel linf = new ThreatModel(Norm.LINF, Epsilon.levels(8));
    ThreatModel l2 = new ThreatModel(Norm.L2, new Epsilon(0.5));
    Epsilon step = Epsilon.levels(2);
    List<Attack> rows =
        List.of(
            new Pgd(linf, step, 3, true, LOSS),
            new Pgd(linf, step, 3, false, LOSS),
            new Pgd(l2, new Epsilon(0.2), 3, true, LOSS),
            new Pgd(l2, new Epsilon(0.2), 3, false, LOSS),
            new Pgd(new ThreatModel(Norm.LINF, new Epsilon(2)), new Epsilon(1), 3, true, LOSS),
            new Pgd(new ThreatModel(Norm.L2, new Epsilon(50)), new Epsilon(10), 3, true, LOSS),
            new Pgd(new ThreatModel(Norm.LINF, new Epsilon(0)), step, 3, true, LOSS),
            new Pgd(new ThreatModel(Norm.L2, new Epsilon(0)), step, 3, true, LOSS),
            new Fgsm(linf, LOSS),
            new Fgsm(l2, LOSS),
            new FastFgsm(linf, LOSS),
            new FastFgsm(l2, LOSS),
            new Restarts(new Pgd(linf, step, 3, true, LOSS), 2),
            new TargetedPgd(new Pgd(l2, new Epsilon(0.2), 3, true, LOSS), 9),
            new Apgd(linf, Aim.CROSS_ENTROPY, 5, 2, 1),
            new Apgd(l2, Aim.CROSS_ENTROPY, 5, 1, 3),
            new Apgd(linf, Aim.DLR, 5, 1, 1),
            new Apgd(linf, Aim.towards(9), 3, 1, 1),
            new Apgd(l2, Aim.towards(2), 3, 2, 1),
            new Apgd(new ThreatModel(Norm.L2, new Epsilon(50)), Aim.CROSS_ENTROPY, 3, 1, 1),
            new Apgd(new ThreatModel(Norm.LINF, new Epsilon(0)), Aim.CROSS_ENTROPY, 3, 1, 1),
            new NFgsm(Epsilon.levels(8), LOSS),
            new Square(linf, 5),
            new Square(l2, 5),
            new Square(new ThreatModel(Norm.LINF, new Epsilon(0)), 1),
            new Square(new ThreatModel(Norm.L2, new Epsilon(0)), 1),
            new Fab(linf, 1, 2),
            new Fab(l2, 2, 1),
            new TargetedFab(linf, 2, 1, 1),
            new TargetedFab(l2, 1, 1, 2),
            new TargetedFab(new ThreatModel(Norm.L2, new Epsilon(0)), 1, 1, 1),
            new CarliniWagnerLinf(Epsilon.levels(8), step, 3, true),
            new CarliniWagnerL2(new Epsilon(0.5), 3),
            new CarliniWagnerL2(new Epsilon(0), 2));
    return rows.stream().map(row -> Named.of(row.toString(), row));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void staysInItsThreatModelAndInTheBoxForEveryLabel(Attack attack) {
    for (int n : new int[] {1, 7, 16}) {
      staysInItsThreatModelAndInTheBox(attack, n);
    }
  }

  private static void staysInItsThreatModelAndInTheBox(Attack attack, int n) {
    try (TensorScope scope = TensorScope.open();
        LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 3)) {
      float[] images = Golden.images(4, n, SIZE);
      float[] adversarial = perturb(attack, model, images, 9);
      assertThat(adversarial).hasSameSizeAs(images);
      double eps = attack.threatModel().eps().value();
      for (int image = 0; image < n; image++) {
        double largest = 0;
        double squares = 0;
        for (int i = image * PIXELS; i < (image + 1) * PIXELS; i++) {
          assertThat(adversarial[i]).as("pixel %d", i).isBetween(0f, 1f);
          double change = Math.abs((double) adversarial[i] - images[i]);
          largest = Math.max(largest, change);
          squares += change * change;
        }
        double distance = attack.threatModel().norm() == Norm.LINF ? largest : Math.sqrt(squares);
        assertThat(distance).as("image %d", image).isLessThanOrEqualTo(eps + 1e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isAFunctionOfTheSeed(Attack attack) {
    try (TensorScope scope = TensorScope.open();
        LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 3)) {
      float[] images = Golden.images(4, 7, SIZE);
      assertThat(perturb(attack, model, images, 9)).containsExactly(perturb(attack, model, images, 9));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void treatsImagesIndependently(Attack attack) {
    try (TensorScope scope = TensorScope.open();
        LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 3)) {
      float[] images = Golden.images(4, 7, SIZE);
      float[] first = Arrays.copyOf(images, PIXELS);
      assertThat(Arrays.copyOf(perturb(attack, model, images, 9), PIXELS))
          .containsExactly(perturb(attack, model, first, 9), within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void leavesItsArgumentsAlone(Attack attack) {
    try (TensorScope scope = TensorScope.open();
        LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 3);
        Rng rng = new Rng(new Seed(1))) {
      float[] values = Golden.images(4, 7, SIZE);
      Tensor images = Tensors.ofFloats(values, 7, 3, SIZE, SIZE);
      Tensor labels = labels(7);
      attack.perturb(model, images, labels, rng);
      assertThat(Tensors.toFloats(images)).containsExactly(values);
      assertThat(Tensors.toLongs(labels)).containsExactly(0, 1, 2, 3, 4, 0, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void survivesAZeroGradient(Attack attack) {
    try (TensorScope scope = TensorScope.open();
        LinearClassifier model = new LinearClassifier(SIZE, new float[CLASSES][PIXELS], new float[CLASSES])) {
      assertThat(perturb(attack, model, Golden.images(4, 7, SIZE), 9)).doesNotContain(Float.NaN);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void leaksNothing(Attack attack) {
    try (TensorScope scope = TensorScope.open();
        LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 3)) {
      Tensor images = Tensors.ofFloats(Golden.images(4, 2, SIZE), 2, 3, SIZE, SIZE);
      Tensor labels = labels(2);
      AttackRunner runner = new AttackRunner(model);
      long before = 0;
      for (int run = 0; run <= 200; run++) {
        try (TensorScope iteration = TensorScope.open();
            Rng rng = new Rng(new Seed(run))) {
          runner.evaluate(attack, images, labels, rng);
        }
        before = run == 0 ? Pointer.totalCount() : before;
      }
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before); // less when the collector finds objects of other tests
    }
  }

  private static float[] perturb(Attack attack, LinearClassifier model, float[] images, long seed) {
    int n = images.length / PIXELS;
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(new Seed(seed))) {
      return Tensors.toFloats(attack.perturb(model, Tensors.ofFloats(images, n, 3, SIZE, SIZE), labels(n), rng));
    }
  }

  private static Tensor labels(int n) {
    long[] labels = new long[n];
    Arrays.setAll(labels, i -> i % CLASSES);
    return Tensors.ofLongs(labels, n);
  }
}
