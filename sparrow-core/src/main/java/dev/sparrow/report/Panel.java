package dev.sparrow.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart of {@link Curves}: something over epochs, with its legend below the plot. */
final class Panel {

  /** Up to so many epochs each is drawn with a marker; beyond, markers would hide the line. */
  private static final int FEW = 30;

  private static final int MARKER_SIZE = 8;

  private final XYChart chart;

  Panel(String title, String unit, Palette palette, int width, int height) {
    chart = new XYChart(width, height);
    chart.setTitle(title);
    chart.setXAxisTitle("epoch");
    chart.setYAxisTitle(unit);
    style(chart.getStyler(), palette);
    // Epochs are whole: a tick between two of them has no label.
    chart.getStyler().setxAxisTickLabelsFormattingFunction(x -> x == Math.rint(x) ? String.valueOf(x.longValue()) : "");
  }

  /** Adds a line through what epochs measured; epochs that lack it, or measured no finite number, are left out. */
  Panel line(String name, List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> value, Color color, Dash dash) {
    add(name, measured(epochs, value), color).ifPresent(series -> draw(series, epochs.size() <= FEW, dash));
    return this;
  }

  private static void draw(XYSeries series, boolean few, Dash dash) {
    series.setMarker(few ? dash.marker : SeriesMarkers.NONE).setLineStyle(dash.stroke);
    // Drawn as one path: segment by segment, each shorter than a dash, dashes would melt into a solid line.
    series.setSmooth(!few);
  }

  /** Adds large markers without a line, to lie over those of a line. */
  Panel marks(String name, List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> value, Color color, Marker marker) {
    add(name, measured(epochs, value), color).ifPresent(series -> series.setMarker(new Large(marker)).setLineStyle(SeriesLines.NONE));
    return this;
  }

  /** Draws a vertical line at an epoch; an axis of a single epoch has no scale to place it on. */
  Panel at(int epoch) {
    if (chart.getSeriesMap().values().stream().anyMatch(series -> series.getXMax() > series.getXMin())) {
      chart.addAnnotation(new AnnotationLine(epoch, true, false));
    }
    return this;
  }

  /** Fixes the lower end of the y axis. */
  Panel from(double low) {
    chart.getStyler().setYAxisMin(low);
    return this;
  }

  /** Paints the chart with its upper left corner at the origin. */
  void paint(Graphics2D graphics) {
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
  }

  private static SortedMap<Integer, Double> measured(List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> value) {
    SortedMap<Integer, Double> measured = new TreeMap<>();
    epochs.stream()
        .filter(epoch -> Double.isFinite(value.applyAsDouble(epoch)))
        .forEach(epoch -> measured.put(epoch.epoch(), value.applyAsDouble(epoch)));
    return measured;
  }

  private Optional<XYSeries> add(String name, SortedMap<Integer, Double> values, Color color) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    XYSeries series = chart.addSeries(name, List.copyOf(values.keySet()), List.copyOf(values.values()));
    series.setMarkerColor(color).setLineColor(color);
    return Optional.of(series);
  }

  /** What all charts of the library have in common. */
  static void style(XYStyler styler, Palette palette) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(palette.background());
    styler.setPlotBackgroundColor(palette.background());
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(palette.faint());
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setChartFontColor(palette.text());
    styler.setAxisTickLabelsColor(palette.text());
    styler.setAxisTickMarksColor(palette.faint());
    styler.setXAxisTitleColor(palette.text());
    styler.setYAxisTitleColor(palette.text());
    styler.setChartTitleFont(plain.deriveFont(Font.BOLD, 14));
    styler.setAxisTitleFont(plain);
    styler.setAxisTickLabelsFont(plain);
    styler.setLegendFont(plain);
    styler.setChartTitleBoxVisible(false);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBackgroundColor(palette.background());
    styler.setLegendBorderColor(palette.background());
    styler.setLegendSeriesLineLength(24);
    styler.setAnnotationLineColor(palette.text());
    styler.setAnnotationLineStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {2, 3}, 0));
    styler.setMarkerSize(MARKER_SIZE);
    styler.setChartPadding(12);
    styler.setYAxisDecimalPattern("0.#####");
  }

  /** How a line is drawn, so that lines differ without colour too. */
  enum Dash {
    SOLID(SeriesMarkers.CIRCLE),
    DASHED(SeriesMarkers.SQUARE, 7, 4),
    DOTTED(SeriesMarkers.DIAMOND, 2, 4);

    private final Marker marker;
    private final BasicStroke stroke;

    Dash(Marker marker, float... pattern) {
      this.marker = marker;
      this.stroke =
          pattern.length == 0
              ? new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
              : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
    }
  }

  /** A marker at almost twice the size. */
  private static final class Large extends Marker {

    private final Marker marker;

    Large(Marker marker) {
      this.marker = marker;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      marker.paint(graphics, x, y, size * 7 / 4);
    }
  }
}
