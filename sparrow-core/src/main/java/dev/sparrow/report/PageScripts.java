package dev.sparrow.report;

import dev.sparrow.io.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * The parts of a page that are the same on every page: the style sheet, D3, and the script that draws charts with it. A page's policy names
 * their hashes, so that a browser runs and applies nothing else, whatever a run folder holds.
 */
final class PageScripts {

  private static final String D3 = "/META-INF/maven/org.webjars.npm/d3/pom.properties";
  private static final String D3_FOLDER = "/META-INF/resources/webjars/d3/";

  private PageScripts() {}

  /** The style sheet. */
  static String style() {
    return text("report.css");
  }

  /** The scripts, in the order in which they run; D3's licence travels with it. */
  static List<String> scripts() {
    String d3 = D3_FOLDER + d3Version();
    return List.of("/*\n" + text(d3 + "/LICENSE").stripTrailing() + "\n*/\n" + text(d3 + "/dist/d3.min.js"), text("report.js"));
  }

  /** What a page may load and run: the style sheet and the scripts above, and pictures inside the page. */
  static String policy() {
    StringBuilder policy = new StringBuilder("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src ");
    policy.append(hash(style())).append("; script-src");
    scripts().forEach(script -> policy.append(' ').append(hash(script)));
    return policy.toString();
  }

  private static String hash(String content) {
    byte[] digest = Checksums.sha256().digest(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  private static String d3Version() {
    try (InputStream in = PageScripts.class.getResourceAsStream(D3)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + D3, e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = PageScripts.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
