package dev.sparrow.report;

import dev.sparrow.sparse.DensityEvent;
import dev.sparrow.sparse.EpochSignals;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One line of {@code metrics.jsonl}: what an epoch of training measured. The component names are the keys of the file and part of the
 * contract; a key whose value is empty is absent.
 *
 * @param epoch the epoch that ended, from 0
 * @param lr learning rate of its last iteration
 * @param trainLoss mean training loss, on the images the objective saw
 * @param trainAccuracy accuracy on those images, in [0, 1]
 * @param validation measurements on the validation images
 * @param test measurements on the test images; empty for an epoch that was not evaluated on them
 * @param density active fraction of the prunable weights at the end, in (0, 1]
 * @param dropFraction drop fraction in force at the end, in [0, 1]
 * @param explored fraction of the prunable weights that were active at any time so far, in (0, 1]
 * @param event what Flying Bird+ did to the density during the epoch
 * @param seconds wall-clock time of the training steps of the epoch, without evaluations and loading
 * @param imagesPerSecond training images per second of training time, evaluations excluded
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record EpochRecord(
    int epoch,
    double lr,
    double trainLoss,
    double trainAccuracy,
    Validation validation,
    Optional<Test> test,
    double density,
    double dropFraction,
    double explored,
    DensityEvent event,
    double seconds,
    double imagesPerSecond) {

  /**
   * What sparsity methods look at.
   *
   * @return the epoch's signals
   */
  public EpochSignals signals() {
    return new EpochSignals(epoch, trainAccuracy, validation.robust(), validation.robustLoss());
  }

  /**
   * Measurements on the validation images; model selection and Flying Bird+ read them.
   *
   * @param clean accuracy on the images themselves, in [0, 1]
   * @param robust accuracy under the test attack, in [0, 1]
   * @param robustLoss mean cross-entropy under the test attack
   */
  public record Validation(double clean, double robust, double robustLoss) {}

  /**
   * Measurements on the test images; nothing is selected by them.
   *
   * @param clean accuracy on the images themselves, in [0, 1]
   * @param robust accuracy under the test attack, in [0, 1]
   */
  public record Test(double clean, double robust) {}
}
