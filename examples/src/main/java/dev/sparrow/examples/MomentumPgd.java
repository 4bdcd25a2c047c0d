package dev.sparrow.examples;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Ball;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Epsilon;
import org.bytedeco.pytorch.Tensor;

/**
 * Iterated steps along an accumulated gradient (Dong et al., 2018). Differs from the paper: a gradient is divided by its Euclidean length.
 *
 * @param threatModel norm and radius
 * @param stepSize length of one step
 * @param steps at least 1
 * @param decay what is left of the accumulated gradient after a step, in [0, 1]
 * @param loss what is climbed
 */
public record MomentumPgd(ThreatModel threatModel, Epsilon stepSize, int steps, double decay, Loss loss) implements Attack {

  private static final double SMALLEST_LENGTH = 1e-12;

  /** {@code momentum-pgd-} and the number of steps. */
  @Override
  public String name() {
    return "momentum-pgd-" + steps;
  }

  @Override
  public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    try (TensorScope scope = TensorScope.open()) {
      Ball ball = threatModel.around(images);
      Tensor adversarial = scope.keep(images.clone());
      Tensor accumulated = BlankTensors.zerosLike(images);
      for (int step = 0; step < steps; step++) {
        step(model, labels, ball, adversarial, accumulated);
      }
      return adversarial;
    }
  }

  private void step(Classifier model, Tensor labels, Ball ball, Tensor adversarial, Tensor accumulated) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(adversarial, Recording.INPUT)) {
      Tensor gradient = pass.inputGradient(loss.gradient(pass.logits(), labels));
      Tensor length = Arithmetic.lengths(gradient);
      Arithmetic.clampMinInPlace(length, SMALLEST_LENGTH);
      gradient.div_(length);
      Arithmetic.scaleInPlace(accumulated, decay);
      Arithmetic.addInPlace(accumulated, gradient, 1);
      Tensor direction = accumulated.clone();
      ball.ascent(direction);
      Arithmetic.addInPlace(adversarial, direction, stepSize.value());
      ball.project(adversarial);
    }
  }
}
