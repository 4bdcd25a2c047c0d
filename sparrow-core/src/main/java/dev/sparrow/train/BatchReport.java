package dev.sparrow.train;

import dev.sparrow.checkpoint.Progress;
import org.apiguardian.api.API;

/**
 * Where a run stands after a batch, for progress displays.
 *
 * @param epoch from 0
 * @param batch batches of the epoch done
 * @param batches batches of the epoch
 * @param loss mean training loss of the epoch so far
 * @param accuracy training accuracy of the epoch so far, in [0, 1]
 * @param imagesPerSecond speed over the epoch so far
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record BatchReport(int epoch, int batch, int batches, double loss, double accuracy, double imagesPerSecond) {

  /** After the batch that a run's progress stands behind. */
  static BatchReport of(Progress progress, int batches) {
    return new BatchReport(
        progress.epoch(),
        progress.batch(),
        batches,
        progress.lossSum() / progress.seen(),
        (double) progress.correct() / progress.seen(),
        progress.seen() / progress.seconds());
  }
}
