package dev.sparrow.sparse;

import org.apiguardian.api.API;

/**
 * What Flying Bird+ reads at the end of an epoch.
 *
 * @param epoch the epoch that ended, from 0
 * @param trainAccuracy accuracy on the adversarial training images of the epoch, in [0, 1]
 * @param validationRobustAccuracy accuracy under the test attack on the validation images, in [0, 1]
 * @param validationRobustLoss mean cross-entropy under the test attack on the validation images
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record EpochSignals(int epoch, double trainAccuracy, double validationRobustAccuracy, double validationRobustLoss) {}
