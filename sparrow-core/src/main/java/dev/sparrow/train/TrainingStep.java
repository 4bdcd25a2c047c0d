package dev.sparrow.train;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackFailure;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.attack.Attacks;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batch;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.sparse.TopologyUpdate;
import dev.sparrow.sparse.TrainingState;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of training:
 *
 * <pre>
 * adversarial = attack(images)                      // in the configured mode; input gradients only
 * logits      = model(adversarial)                  // train mode
 * gradients   = d mean-loss / d parameters
 * optimizer.step(gradients)
 * sparsity.afterOptimizerStep(gradients)            // masks re-applied, topology update when due
 * </pre>
 */
final class TrainingStep {

  /**
   * What a step did.
   *
   * @param loss mean loss of the batch
   * @param correct images classified correctly
   * @param update the topology update, if there was one
   */
  record Outcome(double loss, int correct, Optional<TopologyUpdate> update) {}

  private static final Loss LOSS = CrossEntropy.INSTANCE;

  private final RunConfig config;
  private final Trainee trainee;
  private final Optional<Attack> attack;
  private final Mode attackMode;

  TrainingStep(RunConfig config, Trainee trainee) {
    this.config = config;
    this.trainee = trainee;
    this.attack = attack(config);
    this.attackMode = Attacks.mode(config.attackMode());
  }

  private static Optional<Attack> attack(RunConfig config) {
    return switch (config.objective()) {
      case STANDARD -> Optional.empty();
      case FGSM -> Optional.of(Attacks.fast(config.trainAttack()));
      case N_FGSM -> Optional.of(Attacks.nFgsm(config.trainAttack()));
      case PGD -> Optional.of(Attacks.pgd(config.trainAttack()));
    };
  }

  /** Trains on a batch; {@code iteration} counts the steps taken before this one. */
  Outcome run(Batch batch, int epoch, long iteration, double learningRate) {
    try (TensorScope scope = TensorScope.open()) {
      DeviceBatch clean = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), trainee.device());
      return descend(adversarial(clean, epoch, iteration), clean.labels(), epoch, iteration, learningRate);
    }
  }

  /** The second half of a step: gradients, optimizer, masks. */
  Outcome descend(Tensor images, Tensor labels, int epoch, long iteration, double learningRate) {
    Classifier model = trainee.model();
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.TRAIN);
        Pass pass = model.forward(images, recording(iteration + 1))) {
      double loss = Tensors.item(LOSS.perImage(pass.logits(), labels).mean());
      int correct = (int) Tensors.item(Arithmetic.argmax(pass.logits()).eq(labels).sum());
      if (!Double.isFinite(loss)) {
        throw new TrainingDiverged("training loss", loss, epoch, iteration + 1);
      }
      Tensor logitGradient = LOSS.gradient(pass.logits(), labels).div(new Scalar(labels.size(0)));
      NamedTensors gradients = pass.parameterGradients(logitGradient);
      trainee.optimizer().step(gradients, learningRate);
      TrainingState state = new TrainingState(model, trainee.optimizer().momentum(), iteration + 1, epoch, config.seed());
      return new Outcome(loss, correct, trainee.sparsity().afterOptimizerStep(state, gradients));
    }
  }

  private Recording recording(long iteration) {
    return trainee.sparsity().needsDenseGradients(iteration) ? Recording.PARAMETERS : Recording.ACTIVE_PARAMETERS;
  }

  /** The first half of a step: the images to train on, owned by the caller's scope. */
  Tensor adversarial(DeviceBatch batch, int epoch, long iteration) {
    if (attack.isEmpty()) {
      return batch.images();
    }
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(config.seed().derive("training-attack", iteration))) {
      return scope.keep(new AttackRunner(trainee.model()).perturb(attack.get(), attackMode, batch.images(), batch.labels(), rng));
    } catch (AttackFailure e) {
      throw TrainingDiverged.orDefect(e, epoch, iteration + 1);
    }
  }
}
