package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Arithmetic.Range;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.Arrays;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The only way library code calls an attack. It checks what goes in, puts the classifier in the right mode, and trusts nothing that comes
 * out: images that are not finite or farther from the clean ones than rounding explains are an {@link AttackFailure}, the rest is projected
 * once more, and an evaluation classifies the images again.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class AttackRunner {

  private final Classifier model;

  /**
   * A runner for one classifier.
   *
   * @param model borrowed
   */
  public AttackRunner(Classifier model) {
    this.model = model;
  }

  /**
   * Perturbs a training batch. Costs the attack and a few passes over the images.
   *
   * @param attack the attack
   * @param mode the classifier's mode while it runs; in {@link Mode#TRAIN} every pass of the attack updates the running statistics
   * @param images [N, 3, H, W] float32 in [0, 1], unchanged
   * @param labels [N] int64
   * @param rng the attack's randomness
   * @return [N, 3, H, W] float32, owned by the caller's scope
   * @throws BadInput if images or labels do not fit the classifier or are out of range, or the attack needs gradients that it does not give
   * @throws AttackFailure if the attack broke its contract or the network's gradients are not finite
   */
  public Tensor perturb(Attack attack, Mode mode, Tensor images, Tensor labels, Rng rng) {
    check(images, labels);
    if (attack.usesGradients() && !model.givesGradients()) {
      throw BadInput.usage("attack", "one without gradients, such as square, as the network gives none", attack.name());
    }
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(mode)) {
      Tensor adversarial = scope.keep(attack.perturb(model, images, labels, rng));
      confine(attack, images, adversarial);
      return adversarial;
    }
  }

  /**
   * Attacks a batch of an evaluation, in {@link Mode#EVAL}. An image is robust if it is classified correctly before and after the attack.
   * Costs the attack and two forward passes.
   *
   * @param attack the attack
   * @param images [N, 3, H, W] float32 in [0, 1], unchanged
   * @param labels [N] int64
   * @param rng the attack's randomness
   * @return what happened, its tensors owned by the caller's scope
   * @throws BadInput if images or labels do not fit the classifier or are out of range
   * @throws AttackFailure if the attack broke its contract or the network's logits or gradients are not finite
   */
  public AttackOutcome evaluate(Attack attack, Tensor images, Tensor labels, Rng rng) {
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL)) {
      Tensor adversarial = scope.keep(perturb(attack, Mode.EVAL, images, labels, rng));
      Tensor cleanLogits = Verification.logits(model, attack, images);
      Tensor logits = Verification.logits(model, attack, adversarial);
      Tensor cleanPredictions = scope.keep(Arithmetic.argmax(cleanLogits));
      Tensor predictions = scope.keep(Arithmetic.argmax(logits));
      Tensor robust = scope.keep(cleanPredictions.eq(labels).logical_and_(predictions.eq(labels)));
      double meanLoss = Tensors.item(CrossEntropy.INSTANCE.perImage(logits, labels).mean());
      double maxPerturbation = Tensors.item(attack.threatModel().around(images).distances(adversarial).max());
      return new AttackOutcome(adversarial, cleanPredictions, predictions, robust, meanLoss, maxPerturbation);
    }
  }

  /**
   * Checks what would be attacked.
   *
   * @param images [N, 3, H, W] float32 in [0, 1]
   * @param labels [N] int64
   * @throws BadInput if images or labels do not fit the classifier or are out of range
   */
  public void check(Tensor images, Tensor labels) {
    checkImages(images);
    checkLabels(images, labels);
  }

  private void checkImages(Tensor images) {
    long[] shape = Tensors.shape(images);
    int size = model.imageSize();
    if (shape.length != 4 || shape[0] < 1 || shape[1] != 3 || shape[2] != size || shape[3] != size) {
      throw BadInput.data("shape of images", "[N, 3, " + size + ", " + size + "] with N of at least 1", Arrays.toString(shape), "attack");
    }
    if (images.scalar_type().intern() != ScalarType.Float) {
      throw BadInput.data("type of images", "Float", images.scalar_type().intern(), "attack");
    }
    Range range = Arithmetic.range(images);
    if (!range.within(0, 1)) {
      throw BadInput.data("pixels", "numbers in [0, 1]", "values from " + range.low() + " to " + range.high(), "attack");
    }
  }

  private void checkLabels(Tensor images, Tensor labels) {
    long[] shape = Tensors.shape(labels);
    if (shape.length != 1 || shape[0] != images.size(0) || labels.scalar_type().intern() != ScalarType.Long) {
      throw BadInput.data(
          "labels", "[" + images.size(0) + "] Long", Arrays.toString(shape) + " " + labels.scalar_type().intern(), "attack");
    }
    Range range = Arithmetic.range(labels);
    if (!range.within(0, model.numClasses() - 1)) {
      String got = "values from " + (long) range.low() + " to " + (long) range.high();
      throw BadInput.data("labels", "classes in [0, " + model.numClasses() + ")", got, "attack");
    }
  }

  private static void confine(Attack attack, Tensor images, Tensor adversarial) {
    if (!Arrays.equals(Tensors.shape(adversarial), Tensors.shape(images))) {
      throw AttackFailure.contract(
          "shape of adversarial images", Arrays.toString(Tensors.shape(images)), Arrays.toString(Tensors.shape(adversarial)), attack);
    }
    Range range = Arithmetic.range(adversarial);
    if (!range.isFinite()) {
      throw AttackFailure.notFinite("adversarial pixels", attack);
    }
    if (!range.within(-ThreatModel.ROUNDING, 1 + ThreatModel.ROUNDING)) {
      throw AttackFailure.contract("adversarial pixels", "numbers in [0, 1]", "values from " + range.low() + " to " + range.high(), attack);
    }
    ThreatModel threatModel = attack.threatModel();
    Ball ball = threatModel.around(images);
    double distance = Tensors.item(ball.distances(adversarial).max());
    if (!(distance <= threatModel.largestDistance())) {
      throw AttackFailure.contract("perturbation", "at most " + threatModel, distance, attack);
    }
    ball.project(adversarial);
  }
}
