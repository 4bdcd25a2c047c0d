package dev.sparrow.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * The signals of robust overfitting, one per epoch that ended.
 *
 * @param gaps training accuracy on adversarial images minus robust validation accuracy
 * @param losses robust validation loss
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record SignalHistory(List<Double> gaps, List<Double> losses) {

  /** No epoch ended yet. */
  public static final SignalHistory EMPTY = new SignalHistory(List.of(), List.of());

  /**
   * Copies the lists.
   *
   * @param gaps training accuracy on adversarial images minus robust validation accuracy
   * @param losses robust validation loss
   */
  public SignalHistory {
    gaps = List.copyOf(gaps);
    losses = List.copyOf(losses);
  }

  /**
   * The history one epoch later.
   *
   * @param signals what the epoch brought
   * @return a new history
   */
  public SignalHistory with(EpochSignals signals) {
    return new SignalHistory(
        append(gaps, signals.trainAccuracy() - signals.validationRobustAccuracy()), append(losses, signals.validationRobustLoss()));
  }

  /**
   * How often the gap rose: memorising goes on.
   *
   * @param window how many of the latest epoch-to-epoch differences count; all there are when fewer
   * @return fraction of differences above 0; 0 without any
   */
  public double risingGapShare(int window) {
    return share(gaps, window, difference -> difference > 0);
  }

  /**
   * How often the loss did not fall: robust learning stalls.
   *
   * @param window how many of the latest epoch-to-epoch differences count; all there are when fewer
   * @return fraction of differences of at least 0; 0 without any
   */
  public double stalledLossShare(int window) {
    return share(losses, window, difference -> difference >= 0);
  }

  private static double share(List<Double> values, int window, DoublePredicate sign) {
    int first = Math.max(1, values.size() - window);
    return IntStream.range(first, values.size())
        .mapToDouble(i -> values.get(i) - values.get(i - 1))
        .mapToInt(difference -> sign.test(difference) ? 1 : 0)
        .average()
        .orElse(0);
  }

  private static List<Double> append(List<Double> values, double value) {
    List<Double> longer = new ArrayList<>(values);
    longer.add(value);
    return longer;
  }
}
