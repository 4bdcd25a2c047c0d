package dev.sparrow.report;

import java.util.stream.Collectors;

/** The frame of a page that needs nothing else. */
final class HtmlPage {

  private HtmlPage() {}

  /**
   * A whole page. The policy stands before anything that it governs.
   *
   * @param title text
   * @param subtitle content below the title
   * @param content the sections
   */
  static String of(String title, String subtitle, String content) {
    String scripts = PageScripts.scripts().stream().map(script -> "<script>" + script + "</script>\n").collect(Collectors.joining());
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="%1$s"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>%2$s</title>
        <style>%3$s</style>
        </head>
        <body>
        <header>
        <h1>%2$s</h1>
        %4$s</header>
        <main>
        %5$s</main>
        <noscript><p class="notice">Charts are drawn by a script; their numbers are in the tables below them.</p></noscript>
        %6$s</body>
        </html>
        """
        .formatted(Html.escape(PageScripts.policy()), Html.escape(title), PageScripts.style(), subtitle, content, scripts);
  }
}
