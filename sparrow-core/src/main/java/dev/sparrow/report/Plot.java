package dev.sparrow.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sparrow.report.Html.Row;
import java.util.List;

/**
 * What a chart of a page shows, as the page's script reads it (JSON) and as a table for readers who do without the picture. The script and
 * the style sheet decide how it looks.
 */
sealed interface Plot permits LinePlot, BarPlot {

  /** The word by which the script chooses how to draw. */
  @JsonProperty
  String kind();

  /** The heading, and what is read aloud. */
  @JsonProperty("label")
  String title();

  /** What the values are, for example {@code robust accuracy in %}. */
  @JsonProperty
  String unit();

  /** Vertical lines across the plot. */
  @JsonProperty
  List<Rule> rules();

  /** Whether there is nothing to draw. */
  @JsonIgnore
  boolean isEmpty();

  /** The headings of the table of its numbers. */
  List<String> header();

  /** The rows of that table. */
  List<Row> rows();

  /**
   * A line across the plot at a value of the horizontal axis.
   *
   * @param x where
   * @param name what is there
   */
  record Rule(double x, String name) {}

  /**
   * A point.
   *
   * @param x the epoch
   * @param y the value
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Point(int x, double y) {}

  /** Four decimals: more would only make pages large. */
  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
