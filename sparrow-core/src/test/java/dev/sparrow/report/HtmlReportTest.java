package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.io.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

  @TempDir Path folder;

  private static StoredRun finished() {
    StoredRun run = Runs.run("flying-bird", 3);
    return new StoredRun(run.config(), run.epochs(), Optional.of(ResultRecordTest.example(Optional.of(0.75))));
  }

  @Test
  void isWellFormedAndNeedsNothingElse() throws Exception {
    String page = HtmlReport.page(finished(), RunAttachments.NONE);
    Document document = parse(page);
    assertThat(document.getElementsByTagName("link").getLength()).isZero();
    assertThat(withoutScripts(page)).doesNotContain("http:", "https:", "@import", "url(");
    assertThat(page.length()).isLessThan(500_000);
    assertThat(HtmlReport.page(finished(), RunAttachments.NONE)).as("the same again").isEqualTo(page);
    assertThat(texts(document, "title")).containsExactly("flying-bird on cifar10-sample");
  }

  @Test
  void headlineNumbersAreTheResults() throws Exception {
    Document document = parse(HtmlReport.page(finished(), RunAttachments.NONE));
    assertThat(texts(document, "dt"))
        .containsExactly(
            "Best robust accuracy", "Final robust accuracy", "Robust gap, best \u2212 final", "Robust generalisation gap", "Active weights");
    assertThat(texts(document, "dd"))
        .containsExactly(
            "50.00 %test images, epoch 101, clean 75.00 %",
            "43.75 %test images, clean 87.50 %",
            "6.25 pointsclean \u221212.50 points",
            "31.25 pointstraining \u2212 test robust accuracy",
            "20.00 %of the prunable ones, at the end");
  }

  @Test
  void sectionsAndTables() throws Exception {
    Document document = parse(HtmlReport.page(finished(), RunAttachments.NONE));
    assertThat(texts(document, "h2")).containsExactly("Learning curves", "Adversarial examples", "Cost", "Epochs", "Configuration", "Versions");
    List<String> rows = texts(document, "tr");
    assertThat(rows)
        .contains(
            "Training, counted as in the paper1.000e+1533.33 %",
            // 23 units of an image instead of 33: dense training costs 2.0909e15 honestly.
            "Training, counted honestly2.000e+1595.65 %",
            "Inference on one image, active weights1.500e+0827.27 %",
            "20.100001.550049.00 %75.00 %45.00 %1.550065.00 %35.00 %20.00 %50.00 %30.00 %grow61.3812.5",
            "methodflying-bird",
            "trainAttack.eps8/255",
            "java17");
  }

  @Test
  void thePolicyAllowsThePagesOwnStyleAndScriptsAlone() throws Exception {
    String page = HtmlReport.page(finished(), RunAttachments.NONE);
    Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    String style = hash(between(page, "<style>", "</style>"));
    List<String> scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page).results().map(found -> hash(found.group(1))).toList();
    assertThat(scripts).hasSize(2);
    assertThat(policy.group(1))
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '%s'; script-src '%s' '%s'"
                .formatted(style, scripts.get(0), scripts.get(1)));
    assertThat(page).contains("Permission to use, copy, modify, and/or distribute this software").contains("d3js.org v7.");
  }

  private static String hash(String content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  @Test
  void everyChartHasItsNumbersAsATable() throws Exception {
    Document document = parse(HtmlReport.page(finished(), RunAttachments.NONE));
    assertThat(texts(document, "figcaption"))
        .containsExactly("Robust accuracy", "Clean accuracy", "Loss", "Learning rate", "Density and explored weights", "Drop fraction");
    assertThat(texts(document, "tr")).contains("epochtrain, attackedvalidationtestevent", "137.000035.000025.0000density lowered");
    assertThat(texts(document, "summary").stream().filter("Numbers"::equals)).hasSize(6);
  }

  @Test
  void attachmentsHaveTheirSections() throws Exception {
    List<LayerDensity> layers = List.of(new LayerDensity("conv1.weight", 25, 100), new LayerDensity("linear.weight", 5, 20));
    EvaluationSummary evaluation =
        new EvaluationSummary("autoattack", 1000, 0.75, 0.5, Map.of("apgd-ce", 0.5), List.of("zero-gradients"));
    Document document =
        parse(HtmlReport.page(finished(), new RunAttachments(layers, List.of(evaluation), Optional.of(Examples.two()))));
    assertThat(texts(document, "h2"))
        .startsWith("Learning curves", "Active weights by layer", "Evaluations", "Adversarial examples", "Cost");
    assertThat(texts(document, "p"))
        .contains(
            "30 of 120 prunable weights are active.",
            "Flagged as unreliable: zero-gradients",
            "pgd-20 on the first 2 of 2 images. Perturbations are magnified 16.0 times; grey is unchanged.",
            "cat: \u2717 broken by the attack",
            "dog: \u2713 still recognised");
    assertThat(texts(document, "tr")).contains("conv125.00", "linear25.00", "no attack75.00", "apgd-ce50.00");
    NodeList images = document.getElementsByTagName("img");
    assertThat(images.getLength()).isEqualTo(6);
    assertThat(((Element) images.item(2)).getAttribute("alt")).isEqualTo("perturbation \u00d7 16.0");
    // Grey, and the largest change: 0.5 + 16 / 32 is white.
    assertThat(pixel((Element) images.item(2), 0, 0)).isEqualTo(0xffff8080);
    assertThat(pixel((Element) images.item(2), 1, 1)).isEqualTo(0xff808080);
    assertThat(pixel((Element) images.item(0), 0, 0)).isEqualTo(0xff8040bf);
  }

  @Test
  void anUnfinishedRunSaysSo() throws Exception {
    Document document = parse(HtmlReport.page(Runs.run("dense", 3), RunAttachments.NONE));
    assertThat(texts(document, "p")).contains("This run has not finished; the numbers are those of its validation images.");
    assertThat(texts(document, "dd")).containsExactly("45.00 %validation images, epoch 2", "75.00 %validation images");
    assertThat(texts(document, "h2")).containsExactly("Learning curves", "Adversarial examples", "Epochs", "Configuration");
  }

  @Test
  void textIsEscaped() throws Exception {
    StoredRun run = Runs.run("dense", 1);
    String folderName = "/a<script>&\"quoted\"";
    StoredRun odd = new StoredRun(ConfigSources.over(run.config()).set("data.dir=" + folderName).resolve(), run.epochs(), Optional.empty());
    Document document = parse(HtmlReport.page(odd, RunAttachments.NONE));
    assertThat(texts(document, "td")).contains(folderName);
  }

  @Test
  void readsARunFolder() throws Exception {
    RunFolder run = new RunFolder(folder);
    StoredRun expected = finished();
    Files.writeString(run.config(), ConfigFile.text(expected.config()));
    Files.writeString(run.metrics(), "");
    assertThatThrownBy(() -> StoredRun.read(run)).hasMessage("metrics: expected at least one finished epoch, got none (%s)", run.metrics());
    try (MetricsLog log = MetricsLog.open(run.metrics(), 0)) {
      expected.epochs().forEach(log::append);
    }
    assertThat(StoredRun.read(run).result()).isEmpty();
    Files.writeString(run.result(), Json.pretty(expected.result().orElseThrow()));
    assertThat(StoredRun.read(run)).isEqualTo(expected);
    HtmlReport.write(run, StoredRun.read(run));
    assertThat(Files.readString(run.report())).isEqualTo(HtmlReport.page(expected, RunAttachments.NONE));
  }

  private static int pixel(Element image, int x, int y) throws IOException {
    String prefix = "data:image/png;base64,";
    assertThat(image.getAttribute("src")).startsWith(prefix);
    byte[] png = Base64.getDecoder().decode(image.getAttribute("src").substring(prefix.length()));
    return ImageIO.read(new ByteArrayInputStream(png)).getRGB(x, y);
  }

  private static String withoutScripts(String page) {
    return page.replaceAll("(?s)<script[^>]*>.*?</script>", "");
  }

  private static Document parse(String page) throws Exception {
    assertThat(page).startsWith("<!DOCTYPE html>\n");
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(withoutScripts(page))));
  }

  private static List<String> texts(Document document, String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }
}
