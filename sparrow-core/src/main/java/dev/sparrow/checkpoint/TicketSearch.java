package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.sparse.DistanceHistory;
import org.apiguardian.api.API;

/**
 * How the first stage of Robust Bird found a ticket.
 *
 * @param emerged whether its mask settled; false when the most epochs were reached before
 * @param epochs epochs trained until the masks were drawn
 * @param weightsEpoch epochs trained until the weights were taken; the same unless they were rewound, 0 for the initialisation
 * @param window masks that were compared
 * @param threshold largest distance of masks that count as settled
 * @param distances how far the masks of the epochs were apart
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TicketSearch(boolean emerged, int epochs, int weightsEpoch, int window, double threshold, DistanceHistory distances) {

  /** Checks what comes from a file: that the numbers can belong together. */
  public TicketSearch {
    if (weightsEpoch < 0 || weightsEpoch > epochs || distances.epochs() != epochs) {
      String got = "weights of epoch " + weightsEpoch + " and distances of " + distances.epochs() + " epochs";
      throw BadInput.data("search", "both of the " + epochs + " epochs", got, "ticket");
    }
    if (window < 2 || !(threshold >= 0 && threshold <= 1)) {
      throw BadInput.data("search", "a window of at least 2 and a threshold in [0, 1]", window + " and " + threshold, "ticket");
    }
  }
}
