package dev.sparrow.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sparrow.report.Html.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One horizontal bar, or a few, for each of several things.
 *
 * @param title the heading
 * @param unit what the values are
 * @param what what the bars stand for, the heading of the table's first column
 * @param series names of the bars of each thing
 * @param bars from the top
 * @param most the end of the axis; empty for the largest value
 * @param rules values to compare with
 */
@JsonPropertyOrder({"kind", "label", "unit", "what", "series", "bars", "most", "rules"})
record BarPlot(
    @JsonProperty("label") String title,
    String unit,
    String what,
    List<String> series,
    List<Bar> bars,
    Optional<Double> most,
    List<Rule> rules)
    implements Plot {

  /**
   * The bars of one thing.
   *
   * @param name what it is
   * @param values one per series
   */
  record Bar(String name, List<Double> values) {

    /** Rounds the values. */
    Bar {
      values = values.stream().map(Plot::rounded).toList();
    }
  }

  @Override
  public String kind() {
    return "bars";
  }

  @Override
  public boolean isEmpty() {
    return bars.isEmpty();
  }

  @Override
  public List<String> header() {
    List<String> header = new ArrayList<>(List.of(what));
    series.forEach(name -> header.add(name + ", " + unit));
    return header;
  }

  @Override
  public List<Row> rows() {
    return bars.stream().map(BarPlot::row).toList();
  }

  private static Row row(Bar bar) {
    List<String> cells = new ArrayList<>(List.of(bar.name()));
    bar.values().forEach(value -> cells.add(String.format(Locale.ROOT, "%.2f", value)));
    return new Row(cells);
  }
}
