package dev.sparrow.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The frame of a page that needs nothing else, and the pictures inside it. */
final class HtmlPage {

  private HtmlPage() {}

  /**
   * A whole page.
   *
   * @param title text
   * @param subtitle content below the title
   * @param content the sections
   */
  static String of(String title, String subtitle, String content) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <header>
        <h1>%1$s</h1>
        %3$s</header>
        <main>
        %4$s</main>
        </body>
        </html>
        """
        .formatted(Html.escape(title), css(), subtitle, content);
  }

  /** A picture that follows the reader's light or dark scheme. */
  static String picture(String description, int width, int height, byte[] light, byte[] dark) {
    return """
        <picture>
        <source media="screen and (prefers-color-scheme: dark)" srcset="%s"/>
        <img width="%d" height="%d" alt="%s" src="%s"/>
        </picture>
        """
        .formatted(data(dark), width, height, Html.escape(description), data(light));
  }

  private static String data(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private static String css() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read report.css", e);
    }
  }
}
