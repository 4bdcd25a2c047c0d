package dev.sparrow.report;

import dev.sparrow.units.Labelled;

/** How a {@link ResultTable} is written down. */
public enum TableFormat implements Labelled {
  /** For the terminal. */
  TEXT("text"),
  /** Comma-separated values for programs (RFC 4180), with every digit, fractions instead of percent, and no remarks. */
  CSV("csv"),
  /** A table as GitHub reads it. */
  MARKDOWN("markdown"),
  /** A page that needs nothing else, with learning curves. */
  HTML("html");

  private final String label;

  TableFormat(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of text, csv, markdown, html
   * @return the constant
   */
  public static TableFormat parse(String label) {
    return Labelled.parse(TableFormat.class, "--format", label);
  }

  /**
   * Writes a table down.
   *
   * @param table the table
   * @return the whole document, with a line break at its end
   */
  public String render(ResultTable table) {
    return switch (this) {
      case TEXT -> TableText.of(table);
      case CSV -> TableCsv.of(table);
      case MARKDOWN -> TableMarkdown.of(table);
      case HTML -> ComparisonPage.of(table);
    };
  }
}
