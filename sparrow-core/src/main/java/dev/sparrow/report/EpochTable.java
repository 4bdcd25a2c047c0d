package dev.sparrow.report;

import dev.sparrow.report.Html.Row;
import java.util.ArrayList;
import java.util.List;

/** Everything that every epoch of a run measured. */
final class EpochTable {

  private static final List<String> HEADER =
      List.of(
          "epoch", "learning rate", "train loss", "train accuracy", "validation clean", "validation robust", "validation robust loss",
          "test clean", "test robust", "density", "drop fraction", "explored", "event", "seconds", "images/s");

  private EpochTable() {}

  /** The table, to unfold. */
  static String of(StoredRun run) {
    EpochRecord best = run.best();
    List<Row> rows = run.epochs().stream().map(epoch -> row(epoch, epoch.equals(best) ? "best" : "")).toList();
    return "<details><summary>" + rows.size() + " epochs, the best in bold</summary>\n" + Html.table("epochs", HEADER, rows) + "</details>\n";
  }

  private static Row row(EpochRecord epoch, String style) {
    EpochRecord.Validation validation = epoch.validation();
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(epoch.epoch()));
    cells.add(Html.number("%.5f", epoch.lr()));
    cells.add(Html.number("%.4f", epoch.trainLoss()));
    cells.add(Html.percent(epoch.trainAccuracy()));
    cells.add(Html.percent(validation.clean()));
    cells.add(Html.percent(validation.robust()));
    cells.add(Html.number("%.4f", validation.robustLoss()));
    cells.add(epoch.test().map(test -> Html.percent(test.clean())).orElse(""));
    cells.add(epoch.test().map(test -> Html.percent(test.robust())).orElse(""));
    cells.add(Html.percent(epoch.density()));
    cells.add(Html.percent(epoch.dropFraction()));
    cells.add(Html.percent(epoch.explored()));
    cells.add(epoch.event().label());
    cells.add(Html.number("%.1f", epoch.seconds()));
    cells.add(Html.number("%.1f", epoch.imagesPerSecond()));
    return new Row(style, cells);
  }
}
