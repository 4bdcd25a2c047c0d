package dev.sparrow.sparse;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * Whether the mask that a training would be pruned to has settled: an early-bird ticket has emerged when the newest mask of a window is no
 * further than a threshold from each of the others (You et al., "Drawing Early-Bird Tickets", ICLR 2020, section 3.2).
 *
 * @param history the distances so far
 * @param window masks that are compared: the newest with the others, at least 2
 * @param threshold largest distance of masks that have settled, in [0, 1]
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record MaskSettling(DistanceHistory history, int window, double threshold) {

  /**
   * Whether the ticket has emerged, at the last epoch or before it.
   *
   * @return false until the masks of a window agreed once
   */
  public boolean emerged() {
    return emergence().isPresent();
  }

  /**
   * The first epoch at which the ticket had emerged.
   *
   * @return from 0; empty until then
   */
  public OptionalInt emergence() {
    return IntStream.range(0, history.epochs()).filter(this::settledAt).findFirst();
  }

  /**
   * The newest mask's distances to the others of its window.
   *
   * @return the nearest epoch first; fewer than the window less one until it is full; empty before the second epoch
   */
  public List<Double> latest() {
    return history.epochs() == 0 ? List.of() : history.nearest(history.epochs() - 1, window - 1);
  }

  private boolean settledAt(int epoch) {
    List<Double> distances = history.nearest(epoch, window - 1);
    return distances.size() == window - 1 && distances.stream().allMatch(distance -> distance <= threshold);
  }

  /** One epoch later. */
  MaskSettling with(List<Double> row) {
    return new MaskSettling(history.with(row), window, threshold);
  }
}
