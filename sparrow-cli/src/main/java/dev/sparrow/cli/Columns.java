package dev.sparrow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in aligned columns: the first to the left, the others, which are numbers, to the right. */
final class Columns {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Starts with a line of headings.
   *
   * @param headings one per column
   */
  Columns(String... headings) {
    rows.add(List.of(headings));
  }

  /**
   * Adds a line.
   *
   * @param cells one per column
   * @return this
   */
  Columns row(Object... cells) {
    rows.add(List.of(cells).stream().map(String::valueOf).toList());
    return this;
  }

  /** The lines, without a final line break. */
  @Override
  public String toString() {
    int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size()).mapToObj(i -> i == 0 ? pad(row.get(i), -widths[i]) : pad(row.get(i), widths[i])).collect(Collectors.joining(GAP)).stripTrailing();
  }

  private static String pad(String text, int width) {
    return width == 0 ? text : String.format("%" + width + "s", text);
  }
}
