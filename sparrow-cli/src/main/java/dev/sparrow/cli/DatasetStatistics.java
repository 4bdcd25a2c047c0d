package dev.sparrow.cli;

import dev.sparrow.config.DataConfig;
import dev.sparrow.data.DataStatistics;
import dev.sparrow.data.Datasets;
import dev.sparrow.report.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Counts a data set for {@code data stats} and {@code inspect dataset}. */
final class DatasetStatistics {

  private DatasetStatistics() {}

  /**
   * Reads a data set and prints what it holds.
   *
   * @param data which
   * @param output how
   * @param out where to
   */
  static void print(DataConfig data, OutputOptions output, PrintWriter out) {
    DataStatistics statistics =
        DataStatistics.of(Datasets.open(data.dataset(), data.dir().map(Path::of), data.limitTrain(), data.limitTest()));
    output.print(out, statistics, () -> text(data.dataset().label(), statistics));
  }

  private static String text(String name, DataStatistics statistics) {
    TextTable table = new TextTable().left("split").right("images").right("fewest per class").right("most per class");
    for (DataStatistics.Split split : statistics.splits()) {
      table.row(
          split.name(),
          split.images(),
          split.perClass().stream().mapToInt(Integer::intValue).min().orElse(0),
          split.perClass().stream().mapToInt(Integer::intValue).max().orElse(0));
    }
    return Texts.format(
        "%s: %d classes, %dx%d images%n%s%nmean %s, standard deviation %s of the training images",
        name,
        statistics.classNames().size(),
        statistics.imageSize(),
        statistics.imageSize(),
        table,
        numbers(statistics.mean()),
        numbers(statistics.std()));
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(value -> Texts.format("%.4f", value)).collect(Collectors.joining(" "));
  }
}
