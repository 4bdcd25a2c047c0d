package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.AttackMode;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Collections;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttackRunnerTest {

  private static final Attack PGD = Attacks.pgd(AttackConfig.TRAIN);

  private TensorScope scope;
  private Rng rng;
  private LinearClassifier model;
  private AttackRunner runner;

  /** Class 1 wins where the mean of the three pixels is above 1/2, by a margin of twice their sum less 3. */
  @BeforeEach
  void open() {
    scope = TensorScope.open();
    rng = new Rng(new Seed(1));
    model = new LinearClassifier(1, new float[][] {{-1, -1, -1}, {1, 1, 1}}, new float[] {1.5f, -1.5f});
    runner = new AttackRunner(model);
  }

  @AfterEach
  void close() {
    rng.close();
    model.close();
    scope.close();
  }

  @Test
  void anImageIsRobustIfItIsRightBeforeAndAfter() {
    // far on the right side; close to the border; wrong from the start; wrong, and pushed further
    Tensor images = images(0.8f, 0.52f, 0.48f, 0.9f);
    AttackOutcome outcome = runner.evaluate(Attacks.fgsm(AttackConfig.TEST), images, labels(1, 1, 1, 0), rng);
    assertThat(Tensors.toLongs(outcome.cleanPredictions())).containsExactly(1, 1, 0, 1);
    assertThat(Tensors.toLongs(outcome.predictions())).containsExactly(1, 0, 0, 1);
    assertThat(Tensors.toLongs(outcome.robust())).containsExactly(1, 0, 0, 0);
    assertThat(outcome.maxPerturbation()).isCloseTo(8 / 255.0, within(1e-6));
    float[] shifted = Tensors.toFloats(outcome.adversarial());
    assertThat(shifted[0]).isCloseTo(0.8f - 8 / 255f, within(1e-6f));
    double loss = 0;
    double eps = 8 / 255.0;
    for (double margin : new double[] {margin(0.8 - eps), margin(0.52 - eps), margin(0.48 - eps), -margin(0.9 + eps)}) {
      loss += Math.log1p(Math.exp(-margin)) / 4;
    }
    assertThat(outcome.meanLoss()).isCloseTo(loss, within(1e-5));
  }

  @Test
  void anImageThatOnlyTheAttackPutsRightIsNotRobust() {
    Attack towardsTheLabel = attack(images -> Arithmetic.plus(images, 0.03));
    AttackOutcome outcome = runner.evaluate(towardsTheLabel, images(0.49f), labels(1), rng);
    assertThat(Tensors.toLongs(outcome.predictions())).containsExactly(1);
    assertThat(Tensors.toLongs(outcome.robust())).containsExactly(0);
  }

  @Test
  void runsInTheModeAskedForAndPutsItBack() {
    runner.perturb(PGD, Mode.TRAIN, images(0.5f), labels(1), rng);
    assertThat(model.modesOfPasses()).isEqualTo(Collections.nCopies(10, Mode.TRAIN));
    assertThat(model.mode()).isEqualTo(Mode.EVAL);
    try (var guard = model.in(Mode.TRAIN)) {
      runner.evaluate(PGD, images(0.5f), labels(1), rng);
      assertThat(model.modesOfPasses().subList(10, 22)).isEqualTo(Collections.nCopies(12, Mode.EVAL));
      assertThat(model.mode()).isEqualTo(Mode.TRAIN);
    }
  }

  @Test
  void everyAttackModeHasItsModelMode() {
    assertThat(Attacks.mode(AttackMode.TRAIN)).isEqualTo(Mode.TRAIN);
    assertThat(Attacks.mode(AttackMode.EVAL)).isEqualTo(Mode.EVAL);
    assertThat(Attacks.mode(AttackMode.TRAIN_FROZEN)).isEqualTo(Mode.TRAIN_FROZEN);
  }

  @Test
  void refusesWhatIsNotAnImage() {
    assertRefused(images(0.5f, 1.5f), labels(1, 1), "pixels: expected numbers in [0, 1], got values from 0.5 to 1.5 (attack)");
    assertRefused(images(Float.NaN), labels(1), "pixels: expected numbers in [0, 1], got values from NaN to NaN (attack)");
    assertRefused(
        images(0.5f).to(ScalarType.Double), labels(1), "type of images: expected Float, got Double (attack)");
    assertRefused(
        Tensors.ofFloats(new float[3], 1, 3),
        labels(1),
        "shape of images: expected [N, 3, 1, 1] with N of at least 1, got [1, 3] (attack)");
    assertRefused(
        Tensors.ofFloats(new float[12], 1, 3, 2, 2),
        labels(1),
        "shape of images: expected [N, 3, 1, 1] with N of at least 1, got [1, 3, 2, 2] (attack)");
    assertRefused(
        images(0.5f).narrow(0, 0, 0),
        labels(1),
        "shape of images: expected [N, 3, 1, 1] with N of at least 1, got [0, 3, 1, 1] (attack)");
  }

  @Test
  void refusesWhatIsNotALabel() {
    assertRefused(images(0.5f), labels(2), "labels: expected classes in [0, 2), got values from 2 to 2 (attack)");
    assertRefused(images(0.5f, 0.5f), labels(-1, 1), "labels: expected classes in [0, 2), got values from -1 to 1 (attack)");
    assertRefused(images(0.5f), labels(0, 1), "labels: expected [1] Long, got [2] Long (attack)");
    assertRefused(images(0.5f), labels(0).to(ScalarType.Float), "labels: expected [1] Long, got [1] Float (attack)");
  }

  @Test
  void refusesAnAttackThatBreaksItsContract() {
    assertFails(attack(images -> Arithmetic.plus(images, 0.04)), "perturbation: expected at most linf 8/255, got 0.0");
    assertFails(attack(images -> Arithmetic.plus(images, 0.6)), "adversarial pixels: expected numbers in [0, 1], got values from 1.1");
    assertFails(attack(images -> Arithmetic.plus(images, Double.NaN)), "adversarial pixels: expected finite numbers, got NaN or infinity");
    assertFails(attack(images -> images.flatten(1, 3)), "shape of adversarial images: expected [1, 3, 1, 1], got [1, 3] (attack shift)");
  }

  @Test
  void aGradientThatIsNotFiniteIsNoRobustness() {
    for (Norm norm : Norm.values()) {
      for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        Attack pgd = new Pgd(new ThreatModel(norm, Epsilon.levels(8)), Epsilon.levels(2), 3, true, brokenLoss(broken));
        assertThatThrownBy(() -> runner.evaluate(pgd, images(0.9f), labels(1), rng))
            .isInstanceOfSatisfying(AttackFailure.class, failure -> assertThat(failure.isDivergence()).isTrue())
            .hasMessage("adversarial pixels: expected finite numbers, got NaN or infinity (attack pgd-3)");
      }
    }
  }

  @Test
  void roundingBeyondTheRadiusIsProjectedAway() {
    Attack rounding = attack(images -> Arithmetic.plus(images, 8 / 255.0 + 5e-7));
    Tensor adversarial = runner.perturb(rounding, Mode.EVAL, images(0.5f), labels(1), rng);
    assertThat(Tensors.toFloats(adversarial)[0]).isEqualTo((float) (0.5 + 8 / 255.0));
  }

  @Test
  void refusesLogitsThatAreNotFinite() {
    float[][] huge = {{-1e38f, -1e38f, -1e38f}, {1e38f, 1e38f, 1e38f}};
    try (LinearClassifier diverged = new LinearClassifier(1, huge, new float[] {-3e38f, 3e38f})) {
      assertThatThrownBy(() -> new AttackRunner(diverged).evaluate(attack(Tensor::clone), images(0.9f), labels(1), rng))
          .isInstanceOf(AttackFailure.class)
          .hasMessage("logits: expected finite numbers, got NaN or infinity (attack shift)");
    }
  }

  @Test
  void pgdNeedsAStep() {
    ThreatModel threatModel = new ThreatModel(Norm.LINF, Epsilon.levels(8));
    assertThatThrownBy(() -> new Pgd(threatModel, Epsilon.levels(2), 0, false, CrossEntropy.INSTANCE))
        .isInstanceOf(BadInput.class)
        .hasMessage("attack steps: expected a whole number of at least 1, got 0");
  }

  private void assertRefused(Tensor images, Tensor labels, String message) {
    assertThatThrownBy(() -> runner.perturb(PGD, Mode.EVAL, images, labels, rng)).isInstanceOf(BadInput.class).hasMessage(message);
    assertThat(model.modesOfPasses()).isEmpty();
  }

  @Test
  void leavingTheThreatModelIsNoDivergence() {
    Attack far = attack(images -> Arithmetic.plus(images, 0.04));
    assertThatThrownBy(() -> runner.perturb(far, Mode.EVAL, images(0.5f), labels(1), rng))
        .isInstanceOfSatisfying(AttackFailure.class, failure -> assertThat(failure.isDivergence()).isFalse());
  }

  private void assertFails(Attack attack, String message) {
    assertThatThrownBy(() -> runner.perturb(attack, Mode.TRAIN, images(0.5f), labels(1), rng))
        .isInstanceOf(AttackFailure.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith("(attack shift)");
    assertThat(model.mode()).isEqualTo(Mode.EVAL);
  }

  private static Attack attack(UnaryOperator<Tensor> change) {
    return new Attack() {
      @Override
      public String name() {
        return "shift";
      }

      @Override
      public ThreatModel threatModel() {
        return new ThreatModel(Norm.LINF, Epsilon.levels(8));
      }

      @Override
      public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
        return change.apply(images);
      }
    };
  }

  private static Loss brokenLoss(double gradient) {
    return new Loss() {
      @Override
      public Tensor perImage(Tensor logits, Tensor labels) {
        return CrossEntropy.INSTANCE.perImage(logits, labels);
      }

      @Override
      public Tensor gradient(Tensor logits, Tensor labels) {
        return Arithmetic.plus(logits, gradient);
      }
    };
  }

  private static double margin(double pixel) {
    return 2 * (3 * pixel - 1.5);
  }

  private static Tensor images(float... greys) {
    float[] pixels = new float[3 * greys.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = greys[i / 3];
    }
    return Tensors.ofFloats(pixels, greys.length, 3, 1, 1);
  }

  private static Tensor labels(long... labels) {
    return Tensors.ofLongs(labels, labels.length);
  }
}
