package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.loss.HingedMargin;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The l2 attack of Carlini and Wagner (2017): Adam minimises the squared distance from the clean image minus c times the
 * {@linkplain HingedMargin hinged margin}, with c 1, kappa 0 and a learning rate of 0.01. The variable is the inverse hyperbolic tangent of
 * the image, so that it cannot leave the box.
 *
 * <p>Within an evaluation only the radius counts: a row is broken at its first misclassified image within it. So there is no search for the
 * best c. Pixels are scaled by 0.999999 before the inverse hyperbolic tangent, which is infinite at black and white.
 *
 * @param eps radius
 * @param iterations at least 1; each is a forward pass and an input gradient
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record CarliniWagnerL2(Epsilon eps, int iterations) implements RepeatedSearch {

  /** The usual number of iterations. */
  public static final int STANDARD_ITERATIONS = 50;

  /** [N, 3, H, W]: the inverse hyperbolic tangent of the images, drawn out to [-1, 1]. */
  private static final String POINT = "point";

  private static final double MARGIN_WEIGHT = 1;
  private static final double LEARNING_RATE = 0.01;
  private static final double INSIDE = 0.999999;

  /** Checks the number of iterations. */
  public CarliniWagnerL2 {
    if (iterations < 1) {
      throw BadInput.usage("iterations of CW", "a whole number of at least 1", iterations);
    }
  }

  /** {@code cw}. */
  @Override
  public String name() {
    return "cw";
  }

  @Override
  public ThreatModel threatModel() {
    return new ThreatModel(Norm.L2, eps);
  }

  /** One: it uses no randomness. */
  @Override
  public int attempts(Classifier model) {
    return 1;
  }

  @Override
  public void start(Classifier model, TensorTable rows, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor inside = rows.get(IMAGE).mul(new Scalar(2)).sub_(new Scalar(1)).mul_(new Scalar(INSIDE));
      rows.put(POINT, inside.atanh_());
      new AdamRows(rows).begin(inside);
    }
  }

  @Override
  public void iterate(Classifier model, TensorTable table, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = table.get(POINT).tanh().add_(new Scalar(1)).mul_(new Scalar(0.5));
      Tensor change = images.sub(table.get(IMAGE));
      Tensor gradient = look(model, table, images, change);
      Arithmetic.addInPlace(gradient, change, 2);
      // by the variable: tanh' is 1 - tanh^2, and an image is (1 + tanh) / 2
      gradient.mul_(images).mul_(Arithmetic.plus(images.neg(), 1.0)).mul_(new Scalar(2));
      AdamRows adam = new AdamRows(table);
      Arithmetic.addInPlace(table.get(POINT), adam.step(gradient), -LEARNING_RATE);
      table.put(OVER, adam.finished(iterations));
    }
  }

  /** Asks the classifier about images, marks those that are broken, and gives the gradient of the weighed margin's negative. */
  private Tensor look(Classifier model, TensorTable table, Tensor images, Tensor change) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(images, Recording.INPUT)) {
      if (!Arithmetic.range(pass.logits()).isFinite()) {
        throw AttackFailure.notFinite("logits", this);
      }
      Tensor near = Arithmetic.lengths(change).flatten().le(new Scalar(eps.value()));
      Search.found(table, near.logical_and_(Arithmetic.argmax(pass.logits()).ne(table.get(LABEL))), images);
      Tensor margin = HingedMargin.INSTANCE.gradient(pass.logits(), table.get(LABEL));
      return scope.keep(pass.inputGradient(margin.mul_(new Scalar(-MARGIN_WEIGHT))));
    }
  }
}
