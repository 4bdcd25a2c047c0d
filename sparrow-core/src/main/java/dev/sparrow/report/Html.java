package dev.sparrow.report;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pieces of a page, well-formed as HTML and as XML. Arguments called text are escaped here, arguments called content are markup already. */
final class Html {

  private Html() {}

  /** Text, safe between tags and in quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }

  /** A part of a page that links may lead to, see {@link #navigation}. */
  static String section(String title, String content) {
    return "<section id=\"" + id(title) + "\">\n<h2>" + escape(title) + "</h2>\n" + content + "</section>\n";
  }

  /** A part of a run's part of a page. */
  static String subsection(String title, String content) {
    return "<section>\n<h3>" + escape(title) + "</h3>\n" + content + "</section>\n";
  }

  /** Links to sections. */
  static String navigation(Collection<String> titles) {
    return titles.stream()
        .map(title -> "<a href=\"#" + id(title) + "\">" + escape(title) + "</a>\n")
        .collect(Collectors.joining("", "<nav aria-label=\"Sections\">\n", "</nav>\n"));
  }

  private static String id(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** A fraction in percent, with two decimals. */
  static String percent(double fraction) {
    return number("%.2f %%", 100 * fraction);
  }

  /** A number, or nothing where it is none. */
  static String number(String pattern, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, pattern, value) : TableView.NOTHING;
  }

  static String paragraph(String style, String text) {
    return "<p class=\"" + style + "\">" + escape(text) + "</p>\n";
  }

  /** One headline number with what it is and a remark. */
  static String tile(String text, String number, String remark) {
    return "<div class=\"tile\"><dt>" + escape(text) + "</dt><dd>" + escape(number) + "<small>" + escape(remark) + "</small></dd></div>\n";
  }

  /** A table that scrolls by itself in a narrow window. Columns of numbers are aligned to the right, with their headings. */
  static String table(String style, List<String> header, Collection<Row> rows) {
    BitSet numbers = new BitSet();
    IntStream.range(0, header.size()).filter(column -> isNumeric(column, rows)).forEach(numbers::set);
    String head =
        IntStream.range(0, header.size())
            .mapToObj(column -> cell("th scope=\"col\"", header.get(column), numbers.get(column), false))
            .collect(Collectors.joining());
    String body = rows.stream().map(row -> row.html(numbers)).collect(Collectors.joining());
    return "<div class=\"scroll\"><table class=\"" + style + "\">\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + body + "</tbody>\n</table></div>\n";
  }

  private static boolean isNumeric(int column, Collection<Row> rows) {
    List<String> texts = rows.stream().map(row -> row.cells.get(column)).filter(text -> !text.matches("-?")).toList();
    return !texts.isEmpty() && texts.stream().allMatch(Html::isNumber);
  }

  private static String cell(String tag, String text, boolean isNumber, boolean strong) {
    String style = isNumber ? " class=\"number\"" : "";
    String content = strong ? "<strong>" + escape(text) + "</strong>" : escape(text);
    return "<" + tag + style + ">" + content + "</" + tag.substring(0, 2) + ">";
  }

  private static boolean isNumber(String text) {
    return text.matches("\\(?[-\u2212]?[0-9][0-9.,]*( \u00b1 [0-9.]+\\)?)?([eE][-+]?[0-9]+)?( %| of [0-9]+)?( \\(n = [0-9]+\\))?");
  }

  /**
   * A row of a table; its first cell is its heading.
   *
   * @param style class of the row, or empty
   * @param cells texts, one per column
   * @param strong the positions of cells to stress
   */
  record Row(String style, List<String> cells, Set<Integer> strong) {

    Row(String style, List<String> cells) {
      this(style, cells, Set.of());
    }

    Row(List<String> cells) {
      this("", cells);
    }

    private String html(BitSet numbers) {
      StringBuilder row = new StringBuilder(style.isEmpty() ? "<tr>" : "<tr class=\"" + style + "\">");
      for (int i = 0; i < cells.size(); i++) {
        row.append(cell(i == 0 ? "th scope=\"row\"" : "td", cells.get(i), numbers.get(i), strong.contains(i)));
      }
      return row.append("</tr>\n").toString();
    }
  }
}
