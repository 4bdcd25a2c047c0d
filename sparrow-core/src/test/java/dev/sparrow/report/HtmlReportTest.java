package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.io.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
    String page = HtmlReport.page(finished());
    Document document = parse(page);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("link").getLength()).isZero();
    assertThat(page).doesNotContain("http:", "https:", "@import", "url(");
    assertThat(texts(document, "title")).containsExactly("flying-bird on cifar10-sample");
  }

  @Test
  void headlineNumbersAreTheResults() throws Exception {
    Document document = parse(HtmlReport.page(finished()));
    assertThat(texts(document, "dt"))
        .containsExactly(
            "Best robust accuracy", "Final robust accuracy", "Robust gap, best \u2212 final", "Robust generalisation gap", "Active weights");
    assertThat(texts(document, "dd"))
        .containsExactly(
            "50.00 %test images, epoch 101, clean 75.00 %",
            "43.75 %clean 87.50 %",
            "6.25 pointsclean \u221212.50 points",
            "31.25 pointstraining \u2212 test robust accuracy",
            "20.00 %of the prunable ones, at the end");
  }

  @Test
  void sectionsAndTables() throws Exception {
    Document document = parse(HtmlReport.page(finished()));
    assertThat(texts(document, "h2")).containsExactly("Learning curves", "Cost", "Epochs", "Configuration", "Versions");
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
  void picturesAreInside() throws Exception {
    Document document = parse(HtmlReport.page(finished()));
    NodeList images = document.getElementsByTagName("img");
    NodeList dark = document.getElementsByTagName("source");
    assertThat(images.getLength()).isEqualTo(4);
    assertThat(dark.getLength()).isEqualTo(4);
    assertThat(((Element) images.item(0)).getAttribute("alt"))
        .isEqualTo("Robust accuracy over 3 epochs; the numbers are in the table of epochs below.");
    for (int i = 0; i < 4; i++) {
      assertThat(firstPixel(((Element) images.item(i)).getAttribute("src"))).isEqualTo(Palette.LIGHT.background().getRGB());
      assertThat(firstPixel(((Element) dark.item(i)).getAttribute("srcset"))).isEqualTo(Palette.DARK.background().getRGB());
    }
  }

  @Test
  void anUnfinishedRunSaysSo() throws Exception {
    Document document = parse(HtmlReport.page(Runs.run("dense", 3)));
    assertThat(texts(document, "p")).contains("This run has not finished; the numbers are those of its validation images.");
    assertThat(texts(document, "dd")).containsExactly("45.00 %validation images, epoch 2", "75.00 %validation images");
    assertThat(texts(document, "h2")).containsExactly("Learning curves", "Epochs", "Configuration");
  }

  @Test
  void textIsEscaped() throws Exception {
    StoredRun run = Runs.run("dense", 1);
    String folderName = "/a<script>&\"quoted\"";
    StoredRun odd = new StoredRun(ConfigSources.over(run.config()).set("data.dir=" + folderName).resolve(), run.epochs(), Optional.empty());
    Document document = parse(HtmlReport.page(odd));
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
    HtmlReport.write(run.report(), StoredRun.read(run));
    assertThat(Files.readString(run.report())).isEqualTo(HtmlReport.page(expected));
  }

  private static int firstPixel(String data) throws IOException {
    String prefix = "data:image/png;base64,";
    assertThat(data).startsWith(prefix);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data.substring(prefix.length()))));
    assertThat(image.getWidth()).isEqualTo(1240);
    assertThat(image.getHeight()).isEqualTo(760);
    return image.getRGB(0, 0);
  }

  private static Document parse(String page) throws Exception {
    assertThat(page).startsWith("<!DOCTYPE html>\n");
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
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
