package dev.sparrow.report;

import dev.sparrow.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of robust accuracy against the strength of an attack. */
public final class AccuracyCurve {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;
  private static final double FULL = 100;
  private static final Palette PALETTE = Palette.LIGHT;

  private AccuracyCurve() {}

  /**
   * Writes the picture as a PNG of 1440 x 880 pixels, atomically.
   *
   * @param file replaced if it exists
   * @param title what is attacked, and how
   * @param axis what varies, with its unit
   * @param logarithmic whether that axis is
   * @param accuracies in percent by what varies, ascending; at least one
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, String title, String axis, boolean logarithmic, Map<Double, Double> accuracies) throws IOException {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(axis);
    chart.setYAxisTitle("robust accuracy in %");
    Panel.style(chart.getStyler(), PALETTE);
    chart.getStyler().setXAxisLogarithmic(logarithmic);
    chart.getStyler().setXAxisDecimalPattern("0.###");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(FULL);
    chart.getStyler().setLegendVisible(false);
    XYSeries series = chart.addSeries("robust accuracy", List.copyOf(accuracies.keySet()), List.copyOf(accuracies.values()));
    series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(PALETTE.validation());
    series.setLineStyle(SeriesLines.SOLID).setLineColor(PALETTE.validation());
    AtomicFiles.write(file, Curves.png(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT)));
  }
}
