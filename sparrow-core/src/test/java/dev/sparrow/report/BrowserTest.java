package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.testing.Browser;
import dev.sparrow.testing.MadeUpRuns;
import dev.sparrow.testing.MadeUpRuns.Accuracies;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages in a real browser. Without Chromium on the PATH these tests are skipped, unless {@code -Dsparrow.browser=required} is given: then
 * they fail and say why. With {@code -Dsparrow.screenshots=FOLDER} they leave pictures there, to be looked at.
 */
@Tag("browser")
class BrowserTest {

  /** What a run folder might hold to take over a page; none of it may do anything. */
  private static final String HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>&\"'<!--";

  @TempDir private static Path folder;

  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Browser.find();
    if (program.isEmpty() && "required".equals(System.getProperty("sparrow.browser"))) {
      fail("browser: expected chromium on the PATH, got none (install the package chromium)");
    }
    assumeTrue(program.isPresent(), "no chromium on the PATH");
    browser = Browser.start(program.orElseThrow(), Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Whatever a test did, no page may have complained, or have asked for anything but itself and the pictures inside it. */
  @AfterEach
  void nothingWentWrong() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).allMatch(url -> url.startsWith("file:") && url.endsWith(".html") || url.startsWith("data:image/png;base64,"));
  }

  @ParameterizedTest
  @CsvSource({
    "light, screen, light, 1200, 255 255 255",
    "dark, screen, dark, 1200, 22 27 34",
    "narrow, screen, light, 360, 255 255 255",
    "narrow-dark, screen, dark, 360, 22 27 34",
    "print, print, light, 800, 255 255 255",
    "print-dark, print, dark, 800, 255 255 255"
  })
  void aRunIsReadableEverywhere(String name, String media, String scheme, int width, String background) throws IOException {
    show("run-" + name, page(), media, scheme, width);
    assertThat(text("document.querySelectorAll('figure.chart').length")).isEqualTo("8");
    assertThat(text("[...document.querySelectorAll('.plot')].filter(plot => plot.querySelectorAll('svg').length === 1).length")).isEqualTo("8");
    assertThat(color("document.body", "backgroundColor")).isEqualTo(rgb(background));
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
    for (String style : List.of("c0", "c1", "c2", "c3", "c4")) {
      // 3:1 is WCAG's least for graphics.
      assertThat(contrast(customColor(style), rgb(background))).as(style).isGreaterThan(3);
    }
    assertThat(contrast(color("document.querySelector('svg text')", "fill"), rgb(background))).isGreaterThan(4.5);
  }

  @Test
  void chartsShowWhatTheirTablesSay() throws IOException {
    show("chart", page(), "screen", "light", 1200);
    assertThat(texts("figure.chart figcaption"))
        .containsExactly(
            "Robust accuracy", "Clean accuracy", "Loss", "Learning rate", "Density and explored weights", "Drop fraction",
            "Density of every layer of the last network", "autoattack: accuracy on 1000 images");
    assertThat(texts("figure.chart:first-of-type .legend span"))
        .containsExactly("train, attacked", "validation", "test", "density lowered", "density raised", "lowered and raised", "best epoch (2)");
    assertThat(text("document.querySelectorAll('figure.chart')[0].querySelectorAll('.plot path.line').length")).isEqualTo("3");
    assertThat(text("document.querySelectorAll('figure.chart')[0].querySelectorAll('.plot path.event').length")).isEqualTo("6");
    assertThat(text("document.querySelectorAll('figure.chart')[6].querySelectorAll('rect.bar').length")).isEqualTo("2");
    assertThat(texts("figure.chart:nth-of-type(1) tbody tr").get(0)).isEqualTo("025.000025.000015.0000");
    assertThat(text("document.querySelector('.plot svg').getAttribute('aria-label')")).isEqualTo("Robust accuracy");
    // Half of the axis, from 0 to 100 %, is where a density of 50 % ends.
    JsonNode widths = browser.evaluate("[...document.querySelectorAll('figure.chart')[6].querySelectorAll('rect.bar')].map(r => +r.getAttribute('width'))");
    assertThat(widths.get(1).asDouble()).isCloseTo(2 * widths.get(0).asDouble(), within(0.01));
  }

  @Test
  void pointingAtACurveShowsItsNumbers() throws IOException {
    show("tooltip", page(), "screen", "light", 1200);
    browser.evaluate("document.querySelector('.plot').scrollIntoView({block: 'center'})");
    JsonNode box = browser.evaluate("(({x, y, width, height}) => [x, y, width, height])(document.querySelector('.plot svg').getBoundingClientRect())");
    browser.pointAt(box.get(0).asInt() + box.get(2).asInt() - 5, box.get(1).asInt() + box.get(3).asInt() / 2);
    // Epoch 7 of the made-up run: robust accuracy 45 % on validation, 35 % on test and 59 % on training images.
    assertThat(text("document.querySelector('.tip').innerText")).isEqualTo("epoch 7\ntrain, attacked: 59\nvalidation: 45\ntest: 35\nlowered and raised");
    browser.pointAt(1, 1);
    assertThat(text("document.querySelector('.tip').hidden")).isEqualTo("true");
  }

  @Test
  void narrowerWindowsRedrawTheCharts() throws IOException {
    show("wide", page(), "screen", "light", 1200);
    double wide = browser.evaluate("document.querySelector('.plot svg').viewBox.baseVal.width").asDouble();
    browser.resize(360, 700);
    browser.settle();
    browser.settle();
    assertThat(browser.evaluate("document.querySelector('.plot svg').viewBox.baseVal.width").asDouble()).isLessThan(wide).isBetween(250.0, 360.0);
  }

  @Test
  void comparisonsUnfoldTheirRuns() throws IOException {
    Path runs = folder.resolve("runs");
    MadeUpRuns.finished(runs.resolve("dense"), new Accuracies(0.5, 0.25, 0.75, 0.75), Optional.of(0.5), "method=dense");
    MadeUpRuns.finished(runs.resolve("set"), new Accuracies(0.5, 0.375, 0.75, 0.75), Optional.of(0.5), "method=set");
    show("comparison", TableFormat.HTML.render(ResultTable.of(RunCollection.read(List.of(runs)))), "screen", "light", 1200);
    browser.evaluate("document.querySelectorAll('details.run').forEach(run => run.open = true)");
    browser.settle();
    browser.settle();
    // Four charts of both runs, four of the dense run, six of the sparse one.
    assertThat(text("[...document.querySelectorAll('.plot svg')].filter(svg => svg.getBoundingClientRect().height > 0).length")).isEqualTo("14");
  }

  @Test
  void printsSeveralPages() throws IOException {
    show("paper", page(), "print", "light", 800);
    byte[] pdf = browser.pdf();
    keep("paper.pdf", pdf);
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(new String(pdf, StandardCharsets.ISO_8859_1).split("/Type /Page\\b", -1)).hasSizeGreaterThan(3);
  }

  @Test
  void whatRunFoldersHoldIsOnlyText() throws IOException {
    StoredRun run = Runs.run("flying-bird-plus", 2);
    StoredRun odd = new StoredRun(ConfigSources.over(run.config()).set("data.dir=/" + HOSTILE).resolve(), run.epochs(), Optional.empty());
    Map<String, Double> attacks = new LinkedHashMap<>(Map.of(HOSTILE, 0.5));
    EvaluationSummary evaluation = new EvaluationSummary(HOSTILE, 10, 0.75, 0.5, attacks, List.of(HOSTILE));
    AdversarialExamples examples =
        new AdversarialExamples(HOSTILE, 1, List.of(HOSTILE), List.of(new AdversarialExamples.Item(new float[3], new float[3], 0, 0, 0)));
    RunAttachments attachments =
        new RunAttachments(List.of(new LayerDensity(HOSTILE, 1, 2)), List.of(evaluation), Optional.of(examples));
    show("hostile", HtmlReport.page(odd, attachments), "screen", "light", 1200);
    assertThat(text("document.title")).isEqualTo("flying-bird-plus on cifar10-sample");
    assertThat(text("document.querySelectorAll('[onerror]').length")).isEqualTo("0");
    assertThat(texts("td")).contains("/" + HOSTILE);
    assertThat(texts("svg .name title")).contains(HOSTILE);
  }

  private static String page() {
    StoredRun run = Runs.run("flying-bird-plus", 8);
    StoredRun finished = new StoredRun(run.config(), run.epochs(), Optional.of(ResultRecordTest.example(Optional.of(0.75))));
    Map<String, Double> attacks = new LinkedHashMap<>();
    attacks.put("apgd-ce", 0.5);
    attacks.put("apgd-t", 0.4375);
    EvaluationSummary evaluation = new EvaluationSummary("autoattack", 1000, 0.75, 0.4375, attacks, List.of());
    List<LayerDensity> layers = List.of(new LayerDensity("conv1.weight", 50, 100), new LayerDensity("linear.weight", 10, 10));
    return HtmlReport.page(finished, new RunAttachments(layers, List.of(evaluation), Optional.of(Examples.two())));
  }

  private static void show(String name, String page, String media, String scheme, int width) throws IOException {
    Path file = folder.resolve(name + ".html");
    Files.writeString(file, page);
    browser.media(media, scheme);
    browser.resize(width, 900);
    browser.open(file);
    keep(name + ".png", browser.screenshot());
  }

  private static void keep(String name, byte[] content) throws IOException {
    Optional<String> screenshots = Optional.ofNullable(System.getProperty("sparrow.screenshots"));
    if (screenshots.isPresent()) {
      Files.write(Files.createDirectories(Path.of(screenshots.get())).resolve(name), content);
    }
  }

  private static String text(String expression) {
    return browser.evaluate(expression).asText();
  }

  private static List<String> texts(String selector) {
    JsonNode found = browser.evaluate("[...document.querySelectorAll(\"" + selector + "\")].map(element => element.textContent.trim())");
    List<String> texts = new ArrayList<>();
    found.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static Color customColor(String name) {
    return Color.decode(text("getComputedStyle(document.documentElement).getPropertyValue('--" + name + "')"));
  }

  private static Color color(String element, String property) {
    return rgb(text("getComputedStyle(" + element + ")." + property).replaceAll("[^0-9 ]", ""));
  }

  private static Color rgb(String numbers) {
    String[] parts = numbers.trim().split(" ");
    return new Color(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static double contrast(Color one, Color other) {
    double a = Runs.luminance(one);
    double b = Runs.luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
}
