package dev.sparrow.report;

import dev.sparrow.report.Html.Row;
import dev.sparrow.report.TableView.Cell;
import dev.sparrow.report.TableView.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several runs on one page: the result table, their learning curves in one chart, the paper's table, and each run to unfold. */
final class ComparisonPage {

  /** More runs would make the page too large to open. */
  private static final int DETAILED = 12;

  private final ResultTable table;

  private ComparisonPage(ResultTable table) {
    this.table = table;
  }

  static String of(ResultTable table) {
    ComparisonPage page = new ComparisonPage(table);
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("Accuracies", page.accuracies());
    sections.put("Charts", page.curves());
    sections.put("Costs", page.costs());
    sections.put("Not in the tables", page.leftOut());
    sections.put("Published numbers of full runs", PaperTable.html());
    sections.put("Runs", page.runs());
    sections.values().removeIf(String::isEmpty);
    StringBuilder content = new StringBuilder();
    sections.forEach((title, body) -> content.append(Html.section(title, body)));
    return HtmlPage.of("Comparison of runs", page.subtitle() + Html.navigation(sections.keySet()), content.toString());
  }

  private String subtitle() {
    return Html.paragraph("quiet", TableNotes.setting(table));
  }

  private String accuracies() {
    String marks = Marks.any(table) ? Html.paragraph("quiet", "Bold: " + Marks.EXPLANATION + ".") : "";
    return results(Metric.ACCURACIES) + Html.paragraph("quiet", TableNotes.ACCURACIES) + marks;
  }

  private String costs() {
    return results(Metric.COSTS) + Html.paragraph("quiet", TableNotes.costs(table));
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
    String limit = "The charts show the first " + ComparisonCharts.LIMIT + " rows of the table.";
    String cut = rows.size() <= ComparisonCharts.LIMIT ? "" : Html.paragraph("notice", limit);
    return cut + PlotFigure.grid(ComparisonCharts.of(rows));
  }

  private String leftOut() {
    return TableNotes.leftOut(table.leftOut()).stream().map(line -> Html.paragraph("notice", line)).collect(Collectors.joining());
  }

  private String runs() {
    List<Row> folders = new ArrayList<>();
    StringBuilder details = new StringBuilder();
    for (ResultRow row : table.rows()) {
      for (FinishedRun run : row.runs()) {
        String seed = String.valueOf(run.config().seed().value());
        folders.add(new Row(List.of(row.label(), seed, run.folder().toString())));
        if (folders.size() <= DETAILED) {
          details.append(run(row.label() + ", seed " + seed, run));
        }
      }
    }
    String limit = "Only the first " + DETAILED + " runs are shown in full; sparrow report RUN shows any other.";
    String cut = folders.size() <= DETAILED ? "" : Html.paragraph("notice", limit);
    return Html.table("values", List.of("method", "seed", "folder"), folders) + cut + details;
  }

  /** Everything about a run, to unfold. */
  private static String run(String name, FinishedRun finished) {
    StoredRun run = new StoredRun(finished.config(), finished.epochs(), Optional.of(finished.result()));
    StringBuilder content = new StringBuilder(HtmlReport.subtitle(run)).append(HtmlReport.headline(run));
    RunSections.of(run, RunAttachments.read(new RunFolder(finished.folder())))
        .forEach((title, body) -> content.append(Html.subsection(title, body)));
    return "<details class=\"run\"><summary>" + Html.escape(name) + "</summary>\n" + content + "</details>\n";
  }
}
