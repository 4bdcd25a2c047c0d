package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A picture of a matrix of numbers in [0, 1], such as similarities of layers or of masks: one coloured cell per pair, names on both axes,
 * and the numbers themselves where they fit.
 *
 * @param title what is compared
 * @param subtitle how, and of what
 * @param rowAxis what the rows are
 * @param rows names of the rows, at least one
 * @param columnAxis what the columns are
 * @param columns names of the columns, at least one
 * @param values one list per row with one number in [0, 1] per column
 */
public record MatrixMap(
    String title, String subtitle, String rowAxis, List<String> rows, String columnAxis, List<String> columns, List<List<Double>> values) {

  private static final int MARGIN = 20;
  private static final int TOP = 84;
  private static final int BAR_GAP = 24;
  private static final int BAR_WIDTH = 18;
  private static final int BAR_LABELS = 40;
  private static final int LARGEST_MAP = 640;
  private static final int LARGEST_CELL = 56;
  private static final int SMALLEST_CELL = 13;
  private static final int CELL_WITH_NUMBER = 32;
  private static final int NAME_GAP = 6;
  private static final double CHARACTER = 7.4;
  private static final int BAR_MARKS = 5;
  private static final Palette PALETTE = Palette.LIGHT;
  private static final ColorScale COLORS = ColorScale.VIRIDIS;
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font NUMBER = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  /** Copies the lists. */
  public MatrixMap {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    values = values.stream().map(List::copyOf).toList();
    int width = columns.size();
    if (values.size() != rows.size() || values.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException("values: expected " + rows.size() + " rows of " + width + ", got " + values);
    }
  }

  /**
   * Writes the picture as PNG, atomically.
   *
   * @param file replaced if it exists
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, Curves.png(width(), height(), this::paint));
  }

  private int cell() {
    return Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, LARGEST_MAP / Math.max(rows.size(), columns.size())));
  }

  private int left() {
    return MARGIN + 20 + room(rows);
  }

  private int width() {
    int map = left() + columns.size() * cell() + BAR_GAP + BAR_WIDTH + BAR_LABELS + MARGIN;
    return Math.max(map, 2 * MARGIN + (int) (CHARACTER * Math.max(1.2 * title.length(), subtitle.length())));
  }

  private int height() {
    return TOP + rows.size() * cell() + NAME_GAP + room(columns) + 2 * MARGIN;
  }

  /** Roughly: fonts are measured only once there is a picture. */
  private static int room(List<String> names) {
    return (int) (CHARACTER * names.stream().mapToInt(String::length).max().orElse(0)) + NAME_GAP;
  }

  private void paint(Graphics2D graphics) {
    graphics.setColor(PALETTE.background());
    graphics.fillRect(0, 0, width(), height());
    graphics.setColor(PALETTE.text());
    graphics.setFont(TITLE);
    graphics.drawString(title, MARGIN, 30);
    graphics.setFont(TEXT);
    graphics.drawString(subtitle, MARGIN, 52);
    paintNames(graphics);
    paintBar(graphics);
    graphics.setFont(NUMBER);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        paintCell(graphics, row, column);
      }
    }
  }

  private void paintCell(Graphics2D graphics, int row, int column) {
    int cell = cell();
    double value = values.get(row).get(column);
    Color color = COLORS.at(value);
    int x = left() + column * cell;
    int y = TOP + row * cell;
    graphics.setColor(color);
    graphics.fillRect(x, y, cell, cell);
    if (cell >= CELL_WITH_NUMBER) {
      String number = String.format(Locale.ROOT, "%.2f", value);
      FontMetrics metrics = graphics.getFontMetrics();
      graphics.setColor(ColorScale.inkOn(color));
      graphics.drawString(number, x + (cell - metrics.stringWidth(number)) / 2f, y + (cell + metrics.getAscent()) / 2f - 1);
    }
  }

  private void paintNames(Graphics2D graphics) {
    FontMetrics metrics = graphics.getFontMetrics();
    double half = cell() / 2.0;
    int bottom = TOP + rows.size() * cell() + NAME_GAP;
    for (int row = 0; row < rows.size(); row++) {
      float x = left() - NAME_GAP - metrics.stringWidth(rows.get(row));
      graphics.drawString(rows.get(row), x, (float) (TOP + row * cell() + half + metrics.getAscent() / 2.0 - 1));
    }
    for (int column = 0; column < columns.size(); column++) {
      double x = left() + column * cell() + half + metrics.getAscent() / 2.0 - 1;
      upright(graphics, columns.get(column), x, bottom + metrics.stringWidth(columns.get(column)));
    }
    graphics.drawString(columnAxis, left() + (columns.size() * cell() - metrics.stringWidth(columnAxis)) / 2f, height() - MARGIN / 2f);
    upright(graphics, rowAxis, MARGIN + 4, TOP + (rows.size() * cell() + metrics.stringWidth(rowAxis)) / 2.0);
  }

  private static void upright(Graphics2D graphics, String text, double x, double y) {
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.rotate(-Math.PI / 2, x, y);
    turned.drawString(text, (float) x, (float) y);
    turned.dispose();
  }

  private void paintBar(Graphics2D graphics) {
    int side = rows.size() * cell();
    int barLeft = left() + columns.size() * cell() + BAR_GAP;
    for (int y = 0; y < side; y++) {
      graphics.setColor(COLORS.at(1 - y / (side - 1.0)));
      graphics.fillRect(barLeft, TOP + y, BAR_WIDTH, 1);
    }
    graphics.setColor(PALETTE.text());
    for (int mark = 0; mark <= BAR_MARKS; mark++) {
      double y = TOP + (side - 1) * (1 - mark / (double) BAR_MARKS);
      graphics.fill(new Rectangle2D.Double(barLeft + BAR_WIDTH, y, 4, 1));
      String label = String.format(Locale.ROOT, "%.1f", mark / (double) BAR_MARKS);
      graphics.drawString(label, barLeft + BAR_WIDTH + 8f, (float) y + graphics.getFontMetrics().getAscent() / 2f - 1);
    }
  }
}
