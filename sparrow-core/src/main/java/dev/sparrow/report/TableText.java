package dev.sparrow.report;

import dev.sparrow.report.TableView.Cell;
import dev.sparrow.report.TableView.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A result table for the terminal: accuracies, then costs, each in as many pieces as {@value #WIDTH} columns need. */
final class TableText {

  /** Characters per line, unless a single column wants more. */
  static final int WIDTH = 140;

  private TableText() {}

  static String of(ResultTable table) {
    List<String> blocks = new ArrayList<>();
    blocks.add(wrapped(TableNotes.setting(table)));
    blocks.addAll(pieces(table, Metric.ACCURACIES));
    blocks.add(wrapped(TableNotes.ACCURACIES) + (Marks.any(table) ? wrapped("* " + Marks.EXPLANATION) : ""));
    blocks.addAll(pieces(table, Metric.COSTS));
    blocks.add(wrapped(TableNotes.costs(table)));
    List<String> leftOut = TableNotes.leftOut(table.leftOut());
    if (!leftOut.isEmpty()) {
      blocks.add(leftOut.stream().map(TableText::wrapped).collect(Collectors.joining()));
    }
    return String.join("\n", blocks);
  }

  /** Fills tables with columns from the left; each starts with the headings of the rows. */
  private static List<String> pieces(ResultTable table, List<Metric> metrics) {
    List<Column> headings = TableView.headings(table);
    List<Column> all = TableView.of(table, metrics).columns();
    List<String> pieces = new ArrayList<>();
    List<Column> piece = new ArrayList<>(headings);
    for (Column column : all.subList(headings.size(), all.size())) {
      piece.add(column);
      if (width(text(piece)) > WIDTH && piece.size() > headings.size() + 1) {
        pieces.add(text(piece.subList(0, piece.size() - 1)));
        piece = new ArrayList<>(headings);
        piece.add(column);
      }
    }
    pieces.add(text(piece));
    return pieces;
  }

  private static String text(List<Column> columns) {
    TextTable text = new TextTable();
    columns.forEach(column -> title(text, column));
    for (int i = 0; i < columns.get(0).cells().size(); i++) {
      int row = i;
      text.row(columns.stream().map(column -> cell(column, column.cells().get(row))).toArray());
    }
    return text.toString();
  }

  private static void title(TextTable text, Column column) {
    if (column.isNumber()) {
      text.right(column.title() + (isMarked(column) ? " " : ""));
    } else {
      text.left(column.title());
    }
  }

  /** In a column with a star, numbers without one end where the others do. */
  private static String cell(Column column, Cell cell) {
    return cell.text() + (cell.isBest() ? "*" : isMarked(column) ? " " : "");
  }

  private static boolean isMarked(Column column) {
    return column.cells().stream().anyMatch(Cell::isBest);
  }

  private static int width(String text) {
    return text.lines().mapToInt(line -> line.codePointCount(0, line.length())).max().orElse(0);
  }

  /** Breaks a paragraph into lines. */
  private static String wrapped(String paragraph) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : paragraph.split(" ")) {
      boolean breaks = column > 0 && column + 1 + word.length() > WIDTH;
      text.append(column == 0 ? "" : breaks ? "\n" : " ").append(word);
      column = (column == 0 || breaks ? 0 : column + 1) + word.length();
    }
    return text.append('\n').toString();
  }
}
