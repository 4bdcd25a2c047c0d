package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars for things with long names, such as layers: one line per thing, one column of bars per quantity, a number at each bar.
 *
 * <pre>
 * new BarChart("Active weights", "resnet18", List.of("conv1", "linear")).column("density", List.of(0.9, 0.2), 1).write(file);
 * </pre>
 */
public final class BarChart {

  private static final int MARGIN = 24;
  private static final int TOP = 96;
  private static final int LINE = 20;
  private static final int BAR = 13;
  private static final int LENGTH = 260;
  private static final int NUMBER = 64;
  private static final int GAP = 12;
  private static final Palette PALETTE = Palette.LIGHT;
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final List<Color> COLORS = List.of(PALETTE.validation(), PALETTE.train(), PALETTE.other());

  private final String title;
  private final String subtitle;
  private final List<String> names;
  private final List<Column> columns = new ArrayList<>();

  private record Column(String title, List<Double> values, double full) {}

  /**
   * A chart without columns.
   *
   * @param title what it shows
   * @param subtitle of what
   * @param names one per line, from the top
   */
  public BarChart(String title, String subtitle, List<String> names) {
    this.title = title;
    this.subtitle = subtitle;
    this.names = List.copyOf(names);
  }

  /**
   * Adds a column of bars.
   *
   * @param heading what they show
   * @param values one per line, finite and not negative
   * @param full the value of a bar of full length, positive
   * @return this
   */
  public BarChart column(String heading, List<Double> values, double full) {
    if (values.size() != names.size()) {
      throw new IllegalArgumentException("values: expected " + names.size() + ", got " + values.size());
    }
    columns.add(new Column(heading, List.copyOf(values), full));
    return this;
  }

  /**
   * Writes the chart as a PNG, atomically.
   *
   * @param file where to
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    int left = MARGIN + namesWidth() + GAP;
    int heading = 2 * MARGIN + Math.max(width(TITLE, title), width(TEXT, subtitle));
    int width = Math.max(left + columns.size() * (LENGTH + NUMBER) + MARGIN, heading);
    int height = TOP + names.size() * LINE + MARGIN;
    AtomicFiles.write(file, Curves.png(width, height, graphics -> paint(graphics, width, height, left)));
  }

  private int namesWidth() {
    return names.stream().mapToInt(name -> width(TEXT, name)).max().orElse(0);
  }

  /** Fonts are measured before there is a picture to draw on. */
  private static int width(Font font, String text) {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(font).stringWidth(text);
    } finally {
      graphics.dispose();
    }
  }

  private void paint(Graphics2D graphics, int width, int height, int left) {
    graphics.setColor(PALETTE.background());
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(PALETTE.text());
    graphics.setFont(TITLE);
    graphics.drawString(title, MARGIN, 30);
    graphics.setFont(TEXT);
    graphics.drawString(subtitle, MARGIN, 52);
    FontMetrics metrics = graphics.getFontMetrics();
    for (int line = 0; line < names.size(); line++) {
      String name = names.get(line);
      graphics.drawString(name, left - GAP - metrics.stringWidth(name), baseline(line));
    }
    for (int i = 0; i < columns.size(); i++) {
      paintColumn(graphics, columns.get(i), COLORS.get(i % COLORS.size()), left + i * (LENGTH + NUMBER));
    }
  }

  private void paintColumn(Graphics2D graphics, Column column, Color color, int left) {
    graphics.setColor(PALETTE.text());
    graphics.drawString(column.title(), left, TOP - GAP);
    for (int line = 0; line < names.size(); line++) {
      double value = column.values().get(line);
      double length = LENGTH * Math.min(1, value / column.full());
      double top = TOP + line * LINE + (LINE - BAR) / 2.0;
      graphics.setColor(PALETTE.faint());
      graphics.fill(new Rectangle2D.Double(left, top + BAR / 2.0, LENGTH, 1));
      graphics.setColor(color);
      graphics.fill(new Rectangle2D.Double(left, top, length, BAR));
      graphics.setColor(PALETTE.text());
      graphics.drawString(String.format(Locale.ROOT, "%.4f", value), left + LENGTH + 8, baseline(line));
    }
  }

  private static int baseline(int line) {
    return TOP + line * LINE + LINE / 2 + 4;
  }
}
