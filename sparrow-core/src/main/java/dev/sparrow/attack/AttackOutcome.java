package dev.sparrow.attack;

import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * What an attack did to a batch, as classified again afterwards. The tensors belong to the scope of the caller of the runner.
 *
 * @param adversarial [N, 3, H, W] float32, the perturbed images
 * @param cleanPredictions [N] int64, classes of the clean images
 * @param predictions [N] int64, classes of the perturbed images
 * @param robust [N] bool: classified correctly before and after the attack
 * @param meanLoss mean cross-entropy on the perturbed images
 * @param maxPerturbation largest distance of any image from its clean one, in the threat model's norm
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record AttackOutcome(
    Tensor adversarial, Tensor cleanPredictions, Tensor predictions, Tensor robust, double meanLoss, double maxPerturbation) {}
