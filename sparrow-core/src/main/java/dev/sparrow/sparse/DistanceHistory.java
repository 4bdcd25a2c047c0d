package dev.sparrow.sparse;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * How far apart the masks were that the epochs of an early-bird training would have been pruned to. Distances are normalised Hamming
 * distances: the fraction of positions at which two masks differ.
 *
 * @param rows one per epoch: the distances of its mask to those of the epochs before it, the nearest first, as far back as masks were kept
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record DistanceHistory(List<List<Double>> rows) {

  /** No epoch ended yet. */
  public static final DistanceHistory EMPTY = new DistanceHistory(List.of());

  /** Copies the rows. */
  public DistanceHistory {
    rows = rows.stream().map(List::copyOf).toList();
    for (int epoch = 0; epoch < rows.size(); epoch++) {
      List<Double> row = rows.get(epoch);
      if (row.size() > epoch || !row.stream().allMatch(distance -> distance >= 0 && distance <= 1)) {
        throw new IllegalArgumentException("distances of epoch " + epoch + ": expected at most " + epoch + " in [0, 1], got " + row);
      }
    }
  }

  /**
   * Number of epochs.
   *
   * @return at least 0
   */
  public int epochs() {
    return rows.size();
  }

  /**
   * The distances of an epoch's mask to those before it.
   *
   * @param epoch from 0
   * @param count how many; fewer when there are not so many
   * @return the nearest epoch first
   */
  public List<Double> nearest(int epoch, int count) {
    List<Double> row = rows.get(epoch);
    return row.subList(0, Math.min(count, row.size()));
  }

  /**
   * The history one epoch later.
   *
   * @param row the distances of the new epoch's mask to those before it, the nearest first
   * @return a new history
   */
  public DistanceHistory with(List<Double> row) {
    return new DistanceHistory(Stream.concat(rows.stream(), Stream.of(row)).toList());
  }
}
