package dev.sparrow.report;

import dev.sparrow.config.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of a run's epochs is best on the validation images. Of equals the earliest counts.
 *
 * <p>Gradual pruning starts dense, and what is looked for is a network of the density that it comes to. So an epoch of it is compared with
 * those that were no denser, and the best one has the last density.
 *
 * @param method what trains
 * @param epochs the epochs that ended, from the first
 */
public record EpochHistory(Method method, List<EpochRecord> epochs) {

  /** Copies the epochs. */
  public EpochHistory {
    epochs = List.copyOf(epochs);
  }

  /**
   * The epoch that model selection takes.
   *
   * @return the one of the best robust accuracy on the validation images
   */
  public EpochRecord best() {
    Comparator<EpochRecord> byAccuracy = Comparator.comparingDouble(epoch -> epoch.validation().robust());
    return rivals(epochs.get(epochs.size() - 1).density())
        .max(byAccuracy.thenComparing(EpochRecord::epoch, Comparator.reverseOrder())) // of equals the earliest
        .orElseThrow();
  }

  /**
   * Whether the epoch after these would be the best so far in robust accuracy on the validation images.
   *
   * @param now what it measured
   * @param density of the network it measured
   * @return true for the first epoch
   */
  public boolean wouldBeMostRobust(EpochRecord.Validation now, double density) {
    return rivals(density).allMatch(epoch -> now.robust() > epoch.validation().robust());
  }

  /**
   * The same for clean accuracy.
   *
   * @param now what it measured
   * @param density of the network it measured
   * @return true for the first epoch
   */
  public boolean wouldBeCleanest(EpochRecord.Validation now, double density) {
    return rivals(density).allMatch(epoch -> now.clean() > epoch.validation().clean());
  }

  private Stream<EpochRecord> rivals(double density) {
    return epochs.stream().filter(epoch -> method != Method.GRADUAL || epoch.density() <= density);
  }
}
