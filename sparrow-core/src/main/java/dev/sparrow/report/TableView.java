package dev.sparrow.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Some columns of a table as texts for people, whatever the format.
 *
 * @param columns the experiment, what it was tried in, the number of seeds, then the quantities; at least one row each
 */
record TableView(List<Column> columns) {

  /** What stands for a value that does not exist. */
  static final String NOTHING = "-";

  /**
   * A column.
   *
   * @param title its heading
   * @param isNumber whether it is aligned to the right
   * @param cells one per row
   */
  record Column(String title, boolean isNumber, List<Cell> cells) {}

  /**
   * A cell.
   *
   * @param text what it says
   * @param isBest whether it is among the best of its column
   */
  record Cell(String text, boolean isBest) {}

  /** The columns of some quantities; one that no run measured is left out. */
  static TableView of(ResultTable table, List<Metric> metrics) {
    List<Column> columns = new ArrayList<>(headings(table));
    metrics.stream()
        .filter(metric -> table.rows().stream().anyMatch(row -> row.sample(metric).isPresent()))
        .forEach(metric -> columns.add(column(table, metric)));
    return new TableView(columns);
  }

  /** The columns that say which row is which. */
  static List<Column> headings(ResultTable table) {
    List<Column> columns = new ArrayList<>();
    columns.add(plain("method", false, table.rows().stream().map(ResultRow::label).toList()));
    List<String> settings = table.variation().settings();
    for (int i = 0; i < settings.size(); i++) {
      int setting = i;
      List<String> texts = table.rows().stream().map(row -> table.settings(row).get(setting)).toList();
      columns.add(plain(Variation.title(settings.get(i)), false, texts));
    }
    columns.add(plain("n", true, table.rows().stream().map(row -> String.valueOf(row.runs().size())).toList()));
    return columns;
  }

  /** Number of rows. */
  int size() {
    return columns.get(0).cells().size();
  }

  /** The cells of a row. */
  List<Cell> row(int index) {
    return columns.stream().map(column -> column.cells().get(index)).toList();
  }

  private static Column plain(String title, boolean isNumber, List<String> texts) {
    return new Column(title, isNumber, texts.stream().map(text -> new Cell(text, false)).toList());
  }

  private static Column column(ResultTable table, Metric metric) {
    Set<ResultRow> marked = Marks.of(table, metric);
    return new Column(
        metric.title(), true, table.rows().stream().map(row -> new Cell(text(row, metric), marked.contains(row))).toList());
  }

  private static String text(ResultRow row, Metric metric) {
    return row.sample(metric)
        .map(sample -> metric.unit().text(sample) + (sample.n() < row.runs().size() ? " (n = " + sample.n() + ")" : ""))
        .orElse(NOTHING);
  }
}
