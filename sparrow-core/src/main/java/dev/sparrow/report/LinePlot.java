package dev.sparrow.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sparrow.report.Html.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Something over the epochs.
 *
 * @param title the heading
 * @param unit what the values are
 * @param fromZero whether the vertical axis begins at zero
 * @param series the lines
 * @param rules marked epochs
 * @param events what happened to the density
 * @param updates epochs during which masks moved
 */
@JsonPropertyOrder({"kind", "label", "unit", "fromZero", "series", "rules", "events", "updates"})
record LinePlot(
    @JsonProperty("label") String title,
    String unit,
    boolean fromZero,
    List<Series> series,
    List<Rule> rules,
    List<Event> events,
    List<Integer> updates)
    implements Plot {

  /**
   * A line.
   *
   * @param name in the legend
   * @param color index into the page's colours
   * @param dash index into its dashes and markers
   * @param points in the order of their epochs
   */
  record Series(String name, int color, int dash, List<Point> points) {

    /** A line through the values of some epochs; what is not finite was not measured. */
    static Series of(String name, int color, int dash, SortedMap<Integer, Double> values) {
      List<Point> points =
          values.entrySet().stream()
              .filter(entry -> Double.isFinite(entry.getValue()))
              .map(entry -> new Point(entry.getKey(), Plot.rounded(entry.getValue())))
              .toList();
      return new Series(name, color, dash, points);
    }
  }

  /**
   * A decision about the density.
   *
   * @param x the epoch
   * @param name what was decided
   * @param symbol its marker: {@code up}, {@code down} or {@code diamond}
   */
  record Event(int x, String name, String symbol) {}

  /** Leaves out lines without a point. */
  LinePlot {
    series = series.stream().filter(line -> !line.points().isEmpty()).toList();
  }

  @Override
  public String kind() {
    return "lines";
  }

  @Override
  public boolean isEmpty() {
    return series.isEmpty();
  }

  @Override
  public List<String> header() {
    List<String> header = new ArrayList<>(List.of("epoch"));
    series.forEach(line -> header.add(line.name()));
    if (!events.isEmpty()) {
      header.add("event");
    }
    return header;
  }

  @Override
  public List<Row> rows() {
    Map<Integer, String> happened = events.stream().collect(Collectors.toMap(Event::x, Event::name, (first, second) -> first));
    TreeSet<Integer> epochs = new TreeSet<>();
    List<Map<Integer, Double>> values = new ArrayList<>();
    for (Series line : series) {
      Map<Integer, Double> points = new TreeMap<>();
      line.points().forEach(point -> points.put(point.x(), point.y()));
      epochs.addAll(points.keySet());
      values.add(points);
    }
    return epochs.stream().map(epoch -> row(epoch, values, happened)).toList();
  }

  private Row row(int epoch, List<Map<Integer, Double>> values, Map<Integer, String> happened) {
    List<String> cells = new ArrayList<>(List.of(String.valueOf(epoch)));
    values.forEach(points -> cells.add(points.containsKey(epoch) ? text(points.get(epoch)) : ""));
    if (!events.isEmpty()) {
      cells.add(happened.getOrDefault(epoch, ""));
    }
    return new Row(cells);
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
