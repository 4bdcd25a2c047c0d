package dev.sparrow.report;

import dev.sparrow.report.TableView.Cell;
import dev.sparrow.report.TableView.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A result table as GitHub's Markdown: accuracies, then costs. */
final class TableMarkdown {

  private TableMarkdown() {}

  static String of(ResultTable table) {
    List<String> blocks = new ArrayList<>();
    blocks.add(escape(TableNotes.setting(table)) + "\n");
    blocks.add(text(TableView.of(table, Metric.ACCURACIES)));
    blocks.add(TableNotes.ACCURACIES + (Marks.any(table) ? " Bold: " + Marks.EXPLANATION + "." : "") + "\n");
    blocks.add(text(TableView.of(table, Metric.COSTS)));
    blocks.add(TableNotes.costs(table) + "\n");
    TableNotes.leftOut(table.leftOut()).forEach(line -> blocks.add(escape(line) + "\n"));
    return String.join("\n", blocks);
  }

  private static String text(TableView view) {
    StringBuilder text = new StringBuilder();
    text.append(line(view.columns().stream().map(column -> escape(column.title())).toList()));
    text.append(line(view.columns().stream().map(TableMarkdown::alignment).toList()));
    for (int row = 0; row < view.size(); row++) {
      text.append(line(view.row(row).stream().map(TableMarkdown::cell).toList()));
    }
    return text.toString();
  }

  private static String alignment(Column column) {
    return column.isNumber() ? "---:" : "---";
  }

  private static String cell(Cell cell) {
    return cell.isBest() ? "**" + escape(cell.text()) + "**" : escape(cell.text());
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Text without a meaning of its own in Markdown. */
  private static String escape(String text) {
    return text.replaceAll("[\\\\`*_|<>\\[\\]#~]", "\\\\$0").replaceAll("\\s+", " ");
  }
}
