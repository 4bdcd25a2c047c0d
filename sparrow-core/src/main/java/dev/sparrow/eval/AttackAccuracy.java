package dev.sparrow.eval;

import org.apiguardian.api.API;

/**
 * How a classifier fared against one attack.
 *
 * @param name the attack's name, for example {@code pgd-20}
 * @param robustAccuracy fraction of the images classified correctly before and after the attack, in [0, 1]
 * @param meanLoss mean cross-entropy on the adversarial images
 * @param maxPerturbation largest distance of any adversarial image from its clean one, in the attack's norm and pixel units
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record AttackAccuracy(String name, double robustAccuracy, double meanLoss, double maxPerturbation) {}
