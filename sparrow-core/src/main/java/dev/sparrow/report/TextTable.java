package dev.sparrow.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table for the terminal: a header, then rows, columns two blanks apart.
 *
 * <pre>
 * String text = new TextTable().left("layer").right("density").row("conv1", 0.5).row("layer1.0.conv1", 0.25).toString();
 *
 * layer           density
 * conv1               0.5
 * layer1.0.conv1     0.25
 * </pre>
 */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table; add the columns first. */
  public TextTable() {}

  /**
   * Adds a column of texts.
   *
   * @param title its header
   * @return this
   */
  public TextTable left(String title) {
    columns.add(new Column(title, false));
    return this;
  }

  /**
   * Adds a column of numbers, aligned to the right.
   *
   * @param title its header
   * @return this
   */
  public TextTable right(String title) {
    columns.add(new Column(title, true));
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells one per column; format numbers before
   * @return this
   */
  public TextTable row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("cells: expected " + columns.size() + ", got " + cells.length);
    }
    rows.add(Arrays.stream(cells).map(String::valueOf).toList());
    return this;
  }

  /** The table with a line break after each line and no blanks at the ends of lines. */
  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::title).toList());
    lines.addAll(rows);
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    return lines.stream().map(line -> format(line, widths) + "\n").collect(Collectors.joining());
  }

  private String format(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - length(line.get(i)));
      text.append(i == 0 ? "" : GAP).append(columns.get(i).right ? blanks + line.get(i) : line.get(i) + blanks);
    }
    return text.toString().stripTrailing();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private record Column(String title, boolean right) {}
}
