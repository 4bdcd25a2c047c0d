package dev.sparrow.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * A positive quantity over a square of a plane, in colours and with contour lines. Colours and lines are equally far apart in the logarithm
 * of the quantity, since losses around a network differ by orders of magnitude.
 *
 * @param title what it shows
 * @param across what the horizontal axis is
 * @param up what the vertical axis is
 * @param unit the quantity with its unit
 * @param places coordinates on both axes, ascending and equally far apart, at least two
 * @param values one list per place on the vertical axis, from the lowest, with one finite value per place on the horizontal one
 */
public record SurfaceMap(String title, String across, String up, String unit, List<Double> places, List<List<Double>> values)
    implements Chart {

  private static final int LEFT = 84;
  private static final int TOP = 48;
  private static final int SIDE = 290;
  private static final int BAR_LEFT = LEFT + SIDE + 28;
  private static final int BAR_WIDTH = 18;
  private static final int TICK = 4;
  private static final int LINES = 9;
  private static final double SMALLEST = 1e-6;
  private static final Palette PALETTE = Palette.LIGHT;
  private static final ColorScale COLORS = ColorScale.VIRIDIS;
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** Copies the lists. */
  public SurfaceMap {
    places = List.copyOf(places);
    values = values.stream().map(List::copyOf).toList();
    int size = places.size();
    if (size < 2 || values.size() != size || values.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException("values: expected " + size + " rows of " + size + ", at least two, got " + values);
    }
  }

  @Override
  public void paint(Graphics2D graphics) {
    ContourField field = new ContourField(values.stream().map(row -> row.stream().map(SurfaceMap::logarithm).toList()).toList());
    graphics.setColor(PALETTE.background());
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(PALETTE.text());
    graphics.setFont(TITLE);
    graphics.drawString(title, LEFT, TOP - 20);
    graphics.setFont(TEXT);
    paintSurface(graphics, field);
    paintAxes(graphics);
    paintBar(graphics, field);
  }

  private static double logarithm(double value) {
    return Math.log(Math.max(SMALLEST, value));
  }

  private static void paintSurface(Graphics2D graphics, ContourField field) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        graphics.setColor(COLORS.at(field.share(field.at(x / (SIDE - 1.0), 1 - y / (SIDE - 1.0)))));
        graphics.fillRect(LEFT + x, TOP + y, 1, 1);
      }
    }
    graphics.setColor(PALETTE.background());
    graphics.setStroke(new BasicStroke(1));
    Graphics2D plane = (Graphics2D) graphics.create();
    plane.translate(LEFT, TOP);
    for (int line = 1; line < LINES; line++) {
      field.contour(field.value(line / (double) LINES), SIDE).forEach(plane::draw);
    }
    plane.dispose();
  }

  private void paintAxes(Graphics2D graphics) {
    graphics.setColor(PALETTE.text());
    FontMetrics metrics = graphics.getFontMetrics();
    double low = places.get(0);
    double high = places.get(places.size() - 1);
    for (double share : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      String label = number(low + share * (high - low));
      double x = LEFT + share * SIDE;
      double y = TOP + SIDE - share * SIDE;
      graphics.fill(new Rectangle2D.Double(x, TOP + SIDE, 1, TICK));
      graphics.drawString(label, (float) x - metrics.stringWidth(label) / 2f, TOP + SIDE + TICK + metrics.getAscent());
      graphics.fill(new Rectangle2D.Double(LEFT - TICK, y, TICK, 1));
      graphics.drawString(label, LEFT - 2f * TICK - metrics.stringWidth(label), (float) y + metrics.getAscent() / 2f - 1);
    }
    graphics.drawString(across, LEFT + (SIDE - metrics.stringWidth(across)) / 2f, TOP + SIDE + 2.6f * metrics.getHeight());
    upright(graphics, up, 28);
  }

  private static void upright(Graphics2D graphics, String text, int x) {
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.rotate(-Math.PI / 2, x, TOP + SIDE / 2.0);
    turned.drawString(text, x - turned.getFontMetrics().stringWidth(text) / 2f, TOP + SIDE / 2f);
    turned.dispose();
  }

  private void paintBar(Graphics2D graphics, ContourField field) {
    for (int y = 0; y < SIDE; y++) {
      graphics.setColor(COLORS.at(1 - y / (SIDE - 1.0)));
      graphics.fillRect(BAR_LEFT, TOP + y, BAR_WIDTH, 1);
    }
    graphics.setColor(PALETTE.text());
    for (int mark = 0; mark <= LINES; mark += 3) {
      double y = TOP + (SIDE - 1) * (1 - mark / (double) LINES);
      graphics.fill(new Rectangle2D.Double(BAR_LEFT + BAR_WIDTH, y, TICK, 1));
      String label = number(Math.exp(field.value(mark / (double) LINES)));
      graphics.drawString(label, BAR_LEFT + BAR_WIDTH + 2f * TICK, (float) y + graphics.getFontMetrics().getAscent() / 2f - 1);
    }
    upright(graphics, unit, BAR_LEFT + BAR_WIDTH + 84);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3g", value);
    return text.contains(".") && !text.contains("e") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
