package dev.sparrow.analysis;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.checkpoint.TicketSearch;
import dev.sparrow.report.DistanceMap;
import dev.sparrow.report.RunFolder;
import dev.sparrow.sparse.DistanceHistory;
import dev.sparrow.sparse.MaskSettling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far apart the masks of the epochs of an early-bird training were, and when they settled.
 *
 * @param epochs epochs that were trained
 * @param window masks that are compared: the newest with the others
 * @param threshold largest distance of masks that have settled
 * @param emergence first epoch at which the ticket had emerged, from 0; empty if it never did
 * @param distances one row per epoch: the distances of its mask to those of the epochs before it, the nearest first, as far as masks were
 *     kept
 */
public record EarlyBirdDistances(int epochs, int window, double threshold, Optional<Integer> emergence, DistanceHistory distances) {

  /**
   * Reads what a search for a ticket stored.
   *
   * @param folder a Robust Bird run, or a ticket
   * @return the distances
   * @throws BadInput if there is no ticket, or it was not found by an early-bird training
   * @throws IOException if reading fails
   */
  public static EarlyBirdDistances read(Path folder) throws IOException {
    Path place = Ticket.exists(folder) ? folder : RunFolder.existing(folder).ticket();
    if (!Ticket.exists(place)) {
      throw BadInput.data("ticket", "one that an early-bird training found", "none", place);
    }
    try (Ticket ticket = Ticket.open(place)) {
      return ticket
          .manifest()
          .origin()
          .search()
          .map(EarlyBirdDistances::of)
          .orElseThrow(() -> BadInput.data("ticket", "one that an early-bird training found", "one from elsewhere", place));
    }
  }

  private static EarlyBirdDistances of(TicketSearch search) {
    MaskSettling settling = new MaskSettling(search.distances(), search.window(), search.threshold());
    Optional<Integer> emergence = settling.emergence().stream().boxed().findFirst();
    return new EarlyBirdDistances(search.epochs(), search.window(), search.threshold(), emergence, search.distances());
  }

  /**
   * Draws the heat map of all pairs of epochs.
   *
   * @param file a PNG, replaced as a whole
   */
  public void draw(Path file) {
    DistanceMap.write(file, new MaskSettling(distances, window, threshold));
  }
}
