package dev.sparrow.report;

import dev.sparrow.report.Html.Row;
import dev.sparrow.report.TableView.Cell;
import dev.sparrow.report.TableView.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several runs on one page: the result table and their learning curves in one chart. */
final class ComparisonPage {

  private final ResultTable table;

  private ComparisonPage(ResultTable table) {
    this.table = table;
  }

  static String of(ResultTable table) {
    ComparisonPage page = new ComparisonPage(table);
    String content = page.accuracies() + page.curves() + page.costs() + page.leftOut() + page.folders();
    return HtmlPage.of("Comparison of runs", page.subtitle(), content);
  }

  private String subtitle() {
    return Html.paragraph("quiet", TableNotes.setting(table));
  }

  private String accuracies() {
    String marks = Marks.any(table) ? Html.paragraph("quiet", "Bold: " + Marks.EXPLANATION + ".") : "";
    return Html.section("Accuracies", results(Metric.ACCURACIES) + Html.paragraph("quiet", TableNotes.ACCURACIES) + marks);
  }

  private String costs() {
    return Html.section("Costs", results(Metric.COSTS) + Html.paragraph("quiet", TableNotes.costs(table)));
  }

  private String results(List<Metric> metrics) {
    TableView view = TableView.of(table, metrics);
    List<Row> rows = IntStream.range(0, view.size()).mapToObj(row -> row(view.row(row))).toList();
    return Html.table("results", view.columns().stream().map(Column::title).toList(), rows);
  }

  private static Row row(List<Cell> cells) {
    return new Row(
        "",
        cells.stream().map(Cell::text).toList(),
        IntStream.range(0, cells.size()).filter(i -> cells.get(i).isBest()).boxed().collect(Collectors.toSet()));
  }

  private String curves() {
    List<ResultRow> rows = table.rows();
    String description = "Robust accuracy on the validation images over the epochs, the mean over the seeds of each row.";
    byte[] light = MeanCurves.png(rows, Palette.LIGHT);
    byte[] dark = MeanCurves.png(rows, Palette.DARK);
    String picture = HtmlPage.picture(description, MeanCurves.WIDTH, MeanCurves.height(rows), light, dark);
    String limit = "The chart shows the first " + MeanCurves.limit() + " rows of the table.";
    String cut = rows.size() <= MeanCurves.limit() ? "" : Html.paragraph("notice", limit);
    return Html.section("Learning curves", "<div class=\"chart\">\n" + picture + "</div>\n" + cut);
  }

  private String leftOut() {
    String lines = TableNotes.leftOut(table.leftOut()).stream().map(line -> Html.paragraph("notice", line)).collect(Collectors.joining());
    return lines.isEmpty() ? "" : Html.section("Not in the tables", lines);
  }

  private String folders() {
    List<Row> rows = table.rows().stream().flatMap(row -> row.runs().stream().map(run -> folder(row, run))).toList();
    return Html.section("Runs", Html.table("values", List.of("method", "seed", "folder"), rows));
  }

  private static Row folder(ResultRow row, FinishedRun run) {
    return new Row(List.of(row.label(), String.valueOf(run.config().seed().value()), run.folder().toString()));
  }
}
