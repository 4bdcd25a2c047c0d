package dev.sparrow.cli;

import dev.sparrow.config.DataConfig;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.DataStatistics;
import dev.sparrow.data.Datasets;
import dev.sparrow.report.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Counts a data set: {@code data stats} and {@code inspect dataset}, which are one command under two names. */
abstract sealed class DatasetStatistics extends ResultCommand implements Configured permits DataStats, InspectDataset {

  @Override
  public final RunConfig config() {
    return RunOptions.of(parsed()).resolve(RunConfig.DEFAULT);
  }

  @Override
  public Integer call() {
    DataConfig data = config().data();
    DataStatistics statistics =
        DataStatistics.of(Datasets.open(data.dataset(), data.dir().map(Path::of), data.limitTrain(), data.limitTest()));
    print(statistics, () -> text(data.dataset().label(), statistics));
    return ExitCode.OK;
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
