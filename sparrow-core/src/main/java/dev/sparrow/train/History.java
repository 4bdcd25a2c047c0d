package dev.sparrow.train;

import dev.sparrow.report.EpochRecord;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Which of the finished epochs was best on the validation images. Of equals the earliest counts. */
final class History {

  private History() {}

  static EpochRecord bestRobust(List<EpochRecord> epochs) {
    return best(epochs, epoch -> epoch.validation().robust());
  }

  /** Whether an epoch would be the best so far in robust accuracy on the validation images. */
  static boolean isBestRobust(List<EpochRecord> before, EpochRecord.Validation now) {
    return before.stream().allMatch(epoch -> now.robust() > epoch.validation().robust());
  }

  /** The same for clean accuracy. */
  static boolean isBestClean(List<EpochRecord> before, EpochRecord.Validation now) {
    return before.stream().allMatch(epoch -> now.clean() > epoch.validation().clean());
  }

  private static EpochRecord best(List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> score) {
    // max() returns the last of equals, so the order is reversed by epoch number
    return epochs.stream().max(Comparator.comparingDouble(score).thenComparing(EpochRecord::epoch, Comparator.reverseOrder())).orElseThrow();
  }
}
