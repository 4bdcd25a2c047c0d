package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over a numeric axis, with the legend below; each line has a colour and a marker of its own. */
public final class LineChart implements Chart {

  private static final Palette PALETTE = Palette.LIGHT;
  private static final List<Color> COLORS = List.of(PALETTE.validation(), PALETTE.test(), PALETTE.other(), PALETTE.train());
  private static final List<Marker> MARKERS =
      List.of(SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND, SeriesMarkers.CROSS);

  private final XYChart chart;

  /**
   * A chart without lines.
   *
   * @param title what it shows
   * @param across what the horizontal axis is, with its unit
   * @param up what the vertical axis is, with its unit
   */
  public LineChart(String title, String across, String up) {
    chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(across);
    chart.setYAxisTitle(up);
    Panel.style(chart.getStyler(), PALETTE);
    chart.getStyler().setLegendLayout(LegendLayout.Vertical);
  }

  /**
   * Adds a line.
   *
   * @param name for the legend
   * @param across at least one place, ascending
   * @param up a finite value for each
   * @return this
   */
  public LineChart line(String name, List<Double> across, List<Double> up) {
    int index = chart.getSeriesMap().size();
    XYSeries series = chart.addSeries(name, across, up);
    Color color = COLORS.get(index % COLORS.size());
    series.setMarkerColor(color).setMarker(MARKERS.get(index % MARKERS.size())).setLineColor(color).setLineStyle(SeriesLines.SOLID);
    return this;
  }

  /**
   * Writes the chart as a PNG, atomically.
   *
   * @param file where to
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, Curves.png(WIDTH, HEIGHT, this::paint));
  }

  @Override
  public void paint(Graphics2D graphics) {
    chart.paint(graphics, WIDTH, HEIGHT);
  }
}
