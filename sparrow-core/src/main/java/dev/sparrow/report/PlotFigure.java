package dev.sparrow.report;

import dev.sparrow.io.Json;
import java.util.List;
import java.util.stream.Collectors;

/** Charts as a page holds them: a heading, a place to draw, the numbers for the script, and the same numbers as a table to unfold. */
final class PlotFigure {

  private PlotFigure() {}

  /** Charts side by side where there is room; those without anything to show are left out. */
  static String grid(List<? extends Plot> plots) {
    return "<div class=\"charts\">\n" + plots.stream().filter(plot -> !plot.isEmpty()).map(plot -> figure(plot, "chart")).collect(Collectors.joining())
        + "</div>\n";
  }

  /** A chart over the whole width. */
  static String wide(Plot plot) {
    return plot.isEmpty() ? "" : figure(plot, "chart wide");
  }

  private static String figure(Plot plot, String style) {
    return """
        <figure class="%s">
        <figcaption>%s</figcaption>
        <div class="plot"></div>
        <script type="application/json">%s</script>
        <details><summary>Numbers</summary>
        %s</details>
        </figure>
        """
        .formatted(style, Html.escape(plot.title()), json(plot), Html.table("numbers", plot.header(), plot.rows()));
  }

  /** Inside a script only a less-than sign could end it, and in XML an ampersand begins a reference; JSON may write both as escapes. */
  private static String json(Plot plot) {
    return Json.line(plot).replace("<", "\\u003c").replace("&", "\\u0026");
  }
}
