package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.loss.Loss;
import dev.sparrow.loss.Margin;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Arithmetic.Range;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Looks at a network before it is attacked, for what makes attacks look weaker than they are: the checks of AutoAttack (Croce and Hein,
 * 2020), on one batch.
 */
final class PreFlight {

  private static final int REPETITIONS = 4;

  /** Largest change of the logits, per unit of their length, that rounding explains. */
  private static final double LARGEST_CHANGE = 1e-4;

  private static final double PROBABILITY_TOLERANCE = 1e-5;

  /** From this many classes on a loss compares more than two logits; it is no cross-entropy then. */
  private static final int CLASSES_OF_DLR = 3;

  private final Classifier model;
  private final DeviceBatch batch;
  private final List<Finding> findings = new ArrayList<>();

  private PreFlight(Classifier model, DeviceBatch batch) {
    this.model = model;
    this.batch = batch;
  }

  /**
   * Makes all checks that matter for some attacks.
   *
   * @param setting the network, in evaluation mode, and what is expected of it
   * @param batch images to try
   * @param attacks the attacks
   * @return what was found
   */
  static List<Finding> check(CascadeSetting setting, DeviceBatch batch, List<Attack> attacks) {
    PreFlight checks = new PreFlight(setting.model(), batch);
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = checks.logits();
      if (!setting.randomized()) {
        checks.randomizedOutput(logits);
      }
      if (attacks.stream().anyMatch(Attack::usesGradients)) {
        checks.softmaxOutput(logits);
        checks.zeroGradients(logits, attacks);
      }
    }
    checks.tooFewClasses(attacks);
    checks.reducedPrecision(setting.precision());
    return List.copyOf(checks.findings);
  }

  private void found(Flag flag, String pattern, Object... values) {
    findings.add(new Finding(flag, String.format(Locale.ROOT, pattern, values)));
  }

  private Tensor logits() {
    return TensorScope.tidy(
        () -> {
          try (Pass pass = model.forward(batch.images(), Recording.NONE)) {
            return pass.logits().clone();
          }
        });
  }

  private void randomizedOutput(Tensor logits) {
    double largest = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      try (TensorScope scope = TensorScope.open()) {
        largest = Math.max(largest, Arithmetic.maxAbs(logits().sub_(logits)) / (Arithmetic.maxAbs(logits) + Double.MIN_NORMAL));
      }
    }
    if (largest > LARGEST_CHANGE) {
      found(Flag.RANDOMIZED_OUTPUT, "logits of the same images differ by up to %.2g of the largest", largest);
    }
  }

  private void softmaxOutput(Tensor logits) {
    try (TensorScope scope = TensorScope.open()) {
      boolean unit = Arithmetic.range(logits).within(-PROBABILITY_TOLERANCE, 1 + PROBABILITY_TOLERANCE);
      Range sums = Arithmetic.range(logits.sum(1));
      if (unit && sums.within(1 - PROBABILITY_TOLERANCE, 1 + PROBABILITY_TOLERANCE)) {
        found(Flag.SOFTMAX_OUTPUT, "the outputs lie in [0, 1] and add up to 1 for every image");
      }
    }
  }

  /** For the loss that sees farthest: a saturated softmax has no gradient where the difference of two logits has one. */
  private void zeroGradients(Tensor logits, List<Attack> attacks) {
    boolean differences = attacks.stream().anyMatch(attack -> attack.usesGradients() && attack.classesNeeded() >= CLASSES_OF_DLR);
    Loss loss = differences ? Margin.INSTANCE : CrossEntropy.INSTANCE;
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(batch.images(), Recording.INPUT)) {
      Tensor gradient = pass.inputGradient(loss.gradient(pass.logits(), batch.labels()));
      Tensor zero = gradient.abs_().amax(new long[] {1, 2, 3}, false).eq(new Scalar(0));
      Tensor correct = Arithmetic.argmax(logits).eq(batch.labels());
      long images = (long) Tensors.item(zero.logical_and_(correct).sum());
      if (images > 0) {
        found(Flag.ZERO_GRADIENTS, "%d of %d images have a gradient of exactly zero (%s)", images, batch.labels().size(0), loss);
      }
    }
  }

  private void tooFewClasses(List<Attack> attacks) {
    List<String> names = attacks.stream().filter(attack -> attack.classesNeeded() > model.numClasses()).map(Attack::name).toList();
    if (!names.isEmpty()) {
      found(Flag.TOO_FEW_CLASSES, "%d classes, of which %s would need more", model.numClasses(), String.join(", ", names));
    }
  }

  private void reducedPrecision(Precision precision) {
    if (precision != Precision.FP32) {
      found(Flag.REDUCED_PRECISION, "products in %s", precision.name().toLowerCase(Locale.ROOT));
    }
  }
}
