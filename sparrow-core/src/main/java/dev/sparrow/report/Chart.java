package dev.sparrow.report;

import java.awt.Graphics2D;

/** A chart of {@value #WIDTH} x {@value #HEIGHT} units that stands alone or among others of a {@link ChartGrid}. */
public sealed interface Chart permits LineChart, SurfaceMap {

  /** Width in units. */
  int WIDTH = 620;

  /** Height in units. */
  int HEIGHT = 400;

  /**
   * Paints the chart, background too.
   *
   * @param graphics where to, with the chart's upper left corner at the origin
   */
  void paint(Graphics2D graphics);
}
