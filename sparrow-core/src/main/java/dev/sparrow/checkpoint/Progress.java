package dev.sparrow.checkpoint;

import dev.sparrow.sparse.DensityEvent;
import org.apiguardian.api.API;

/**
 * Where a run stands: everything that the loop counts. Generators need no state of their own, since each consumer derives its numbers
 * from the root seed and its position.
 *
 * @param epoch the epoch in progress, from 0
 * @param batch batches of it already trained on
 * @param iteration optimizer steps taken over the whole run
 * @param lossSum sum over the epoch's images so far of the training loss
 * @param correct images of the epoch so far classified correctly in their training step
 * @param seen images of the epoch so far
 * @param seconds time spent on the epoch so far
 * @param event what Flying Bird+ decided in the epoch so far
 * @param macSum active multiply-accumulates of one image's forward pass, summed over all images trained on in the whole run
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Progress(
    int epoch,
    int batch,
    long iteration,
    double lossSum,
    long correct,
    long seen,
    double seconds,
    DensityEvent event,
    double macSum) {

  /** Nothing done yet. */
  public static final Progress START = new Progress(0, 0, 0, 0, 0, 0, 0, DensityEvent.NONE, 0);

  /**
   * After one more batch.
   *
   * @param images size of the batch
   * @param meanLoss its mean training loss
   * @param batchCorrect how many of it were classified correctly
   * @param elapsed seconds it took
   * @param activeMacs active multiply-accumulates of one image's forward pass
   * @return the new position
   */
  public Progress afterBatch(int images, double meanLoss, int batchCorrect, double elapsed, double activeMacs) {
    return new Progress(
        epoch,
        batch + 1,
        iteration + 1,
        lossSum + meanLoss * images,
        correct + batchCorrect,
        seen + images,
        seconds + elapsed,
        event,
        macSum + activeMacs * images);
  }

  /**
   * After a topology update.
   *
   * @param decided what Flying Bird+ decided
   * @return the new position
   */
  public Progress afterUpdate(DensityEvent decided) {
    return new Progress(epoch, batch, iteration, lossSum, correct, seen, seconds, event.and(decided), macSum);
  }

  /**
   * At the start of the next epoch.
   *
   * @return the new position
   */
  public Progress afterEpoch() {
    return new Progress(epoch + 1, 0, iteration, 0, 0, 0, 0, DensityEvent.NONE, macSum);
  }
}
