package dev.sparrow.report;

import dev.sparrow.report.Panel.Dash;
import java.awt.Color;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The learning curves of several experiments in one chart: robust accuracy on the validation images, the mean over the seeds of each. The
 * test images need not be looked at in every epoch, and seeds differ in theirs.
 */
final class MeanCurves {

  static final int WIDTH = 900;

  private static final int PLOT_HEIGHT = 400;
  private static final int LEGEND_LINE = 22;

  private MeanCurves() {}

  /** As many experiments as can be told apart by colour, dash and marker. */
  static int limit() {
    return colors(Palette.LIGHT).size() * Dash.values().length;
  }

  /** The height of the chart, which grows with its legend. */
  static int height(List<ResultRow> rows) {
    return PLOT_HEIGHT + LEGEND_LINE * Math.min(rows.size(), limit());
  }

  /** The chart as a PNG. */
  static byte[] png(List<ResultRow> rows, Palette palette) {
    List<Color> colors = colors(palette);
    Panel panel = new Panel("Robust accuracy on validation images", "robust accuracy in %", palette, WIDTH, height(rows)).from(0).listed();
    for (int i = 0; i < Math.min(rows.size(), limit()); i++) {
      // The number keeps names apart that are alike, as those of rows which differ in another column.
      String name = i + 1 + "  " + rows.get(i).label();
      panel.line(name, means(rows.get(i).runs()), colors.get(i % colors.size()), Dash.values()[i / colors.size()]);
    }
    return Curves.png(WIDTH, height(rows), panel::paint);
  }

  /** The mean in percent of every epoch that all runs measured: a mean over other seeds in every epoch would jump. */
  static SortedMap<Integer, Double> means(List<FinishedRun> runs) {
    SortedMap<Integer, Double> sums = new TreeMap<>();
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    for (FinishedRun run : runs) {
      for (EpochRecord epoch : run.epochs()) {
        sums.merge(epoch.epoch(), epoch.validation().robust(), Double::sum);
        counts.merge(epoch.epoch(), 1, Integer::sum);
      }
    }
    sums.keySet().removeIf(epoch -> counts.get(epoch) < runs.size());
    sums.replaceAll((epoch, sum) -> 100 * sum / runs.size());
    return sums;
  }

  private static List<Color> colors(Palette palette) {
    return List.of(palette.validation(), palette.test(), palette.train(), palette.other(), palette.text());
  }
}
