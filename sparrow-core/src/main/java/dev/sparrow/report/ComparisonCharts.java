package dev.sparrow.report;

import dev.sparrow.report.BarPlot.Bar;
import dev.sparrow.report.LinePlot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The charts of several experiments: means over the seeds of each. */
final class ComparisonCharts {

  private static final int COLORS = 5;
  private static final int DASHES = 5;
  private static final double PERCENT = 100;

  /** As many experiments as can be told apart by colour, dash and marker. */
  static final int LIMIT = COLORS * DASHES;

  private ComparisonCharts() {}

  /** The experiments' curves, then their accuracies. */
  static List<Plot> of(List<ResultRow> rows) {
    // The test images need not be looked at in every epoch, and seeds differ in theirs.
    return List.of(
        curves("Robust accuracy on validation images", "robust accuracy in %", rows, epoch -> epoch.validation().robust()),
        curves("Clean accuracy on validation images", "clean accuracy in %", rows, epoch -> epoch.validation().clean()),
        curves("Density", "% of the prunable weights", rows, EpochRecord::density),
        accuracies(rows));
  }

  private static Plot curves(String title, String unit, List<ResultRow> rows, ToDoubleFunction<EpochRecord> fraction) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < Math.min(rows.size(), LIMIT); i++) {
      // Neighbours differ in dash and marker as well as in colour.
      series.add(Series.of(name(i, rows.get(i)), i % COLORS, (i + i / COLORS) % DASHES, means(rows.get(i).runs(), fraction)));
    }
    return new LinePlot(title, unit, true, series, List.of(), List.of(), List.of());
  }

  private static Plot accuracies(List<ResultRow> rows) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < Math.min(rows.size(), LIMIT); i++) {
      Optional<Sample> best = rows.get(i).sample(Metric.ROBUST_BEST);
      Optional<Sample> last = rows.get(i).sample(Metric.ROBUST_FINAL);
      if (best.isPresent() && last.isPresent()) {
        bars.add(new Bar(name(i, rows.get(i)), List.of(PERCENT * best.get().mean(), PERCENT * last.get().mean())));
      }
    }
    return new BarPlot(
        "Robust accuracy on test images", "%", "experiment", List.of("best epoch", "last epoch"), bars, Optional.empty(), List.of());
  }

  /** The number keeps names apart that are alike, as those of rows which differ in another column. */
  private static String name(int index, ResultRow row) {
    return index + 1 + "  " + row.label();
  }

  /** The mean in percent of every epoch that all runs measured: a mean over other seeds in every epoch would jump. */
  static SortedMap<Integer, Double> means(List<FinishedRun> runs, ToDoubleFunction<EpochRecord> fraction) {
    SortedMap<Integer, Double> sums = new TreeMap<>();
    Map<Integer, Integer> counts = new TreeMap<>();
    for (FinishedRun run : runs) {
      for (EpochRecord epoch : run.epochs()) {
        sums.merge(epoch.epoch(), fraction.applyAsDouble(epoch), Double::sum);
        counts.merge(epoch.epoch(), 1, Integer::sum);
      }
    }
    sums.keySet().removeIf(epoch -> counts.get(epoch) < runs.size());
    sums.replaceAll((epoch, sum) -> PERCENT * sum / runs.size());
    return sums;
  }
}
