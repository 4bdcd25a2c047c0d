package dev.sparrow.cli;

import dev.sparrow.checkpoint.TicketManifest;
import dev.sparrow.checkpoint.TicketOrigin;
import dev.sparrow.checkpoint.TicketSearch;
import dev.sparrow.sparse.MaskSettling;
import java.util.List;
import java.util.stream.Collectors;

/** Tickets, and the search for them, as people read them. */
final class TicketTexts {

  private TicketTexts() {}

  /**
   * How far a search is.
   *
   * @param settling with at least one distance
   * @return the newest mask's distances
   */
  static String settling(MaskSettling settling) {
    List<Double> distances = settling.latest();
    return Texts.format(
        "mask distance %s to the %s before; settled when %d are at most %s%s",
        numbers(distances),
        distances.size() == 1 ? "one" : distances.size(),
        settling.window() - 1,
        settling.threshold(),
        settling.emerged() ? ": the mask has settled" : "");
  }

  /**
   * What a ticket is, and how it was found.
   *
   * @param ticket the ticket
   * @return part of a line
   */
  static String describe(TicketManifest ticket) {
    return Texts.format("%s, density %.4f, %s", ticket.kind().label(), ticket.reachedDensity(), origin(ticket.origin()));
  }

  private static String origin(TicketOrigin origin) {
    if (origin.search().isPresent()) {
      return search(origin.search().get());
    }
    String scorer = origin.scorer().map(kind -> "by " + kind.label()).orElse("by batch norm's scales");
    return scorer + origin.source().map(source -> " from " + source).orElse("");
  }

  private static String search(TicketSearch search) {
    String weights = search.weightsEpoch() == search.epochs() ? "" : ", weights of epoch " + search.weightsEpoch();
    String end = search.emerged() ? "when its mask had settled" : "the most, its mask not settled";
    List<Double> last = new MaskSettling(search.distances(), search.window(), search.threshold()).latest();
    return Texts.format(
        "after %d epochs, %s%s (distances %s, threshold %s)", search.epochs(), end, weights, numbers(last), search.threshold());
  }

  private static String numbers(List<Double> distances) {
    return distances.stream().map(distance -> Texts.format("%.4f", distance)).collect(Collectors.joining(" "));
  }
}
