package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import dev.sparrow.testing.MadeUpRuns;
import dev.sparrow.testing.MadeUpRuns.Accuracies;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TableFormatTest {

  @TempDir Path folder;

  private void run(String name, double robust, Optional<Double> trainRobust, String... assignments) {
    MadeUpRuns.finished(folder.resolve(name), new Accuracies(robust, robust - 0.0625, 0.5, 0.625), trainRobust, assignments);
  }

  private String render(TableFormat format) {
    return format.render(ResultTable.of(RunCollection.read(List.of(folder))));
  }

  /** Dense with one seed, Flying Bird with two. */
  private void twoExperiments() {
    run("1", 0.5, Optional.of(0.75), "method=dense");
    run("2", 0.25, Optional.of(0.5), "method=flying-bird", "seed=1");
    run("3", 0.375, Optional.of(0.5), "method=flying-bird", "seed=2");
    MadeUpRuns.unfinished(folder.resolve("4"), 1, "seed=7");
  }

  @Test
  void text() {
    twoExperiments();
    assertThat(render(TableFormat.TEXT))
        .isEqualTo(
            """
            cifar10-sample, all training images, all test images, resnet18, width 64, 2 epochs, batch size 128, trained with pgd, training attack (norm
            linf, eps 8/255, steps 10, stepSize 2/255), tested with PGD (norm linf, eps 8/255, steps 20, stepSize 2/255)

            method       n   robust best  robust final  robust diff.  clean best  clean final  clean diff.      gen. gap
            dense        1         50.00         43.75          6.25       50.00        62.50       -12.50         31.25
            flying-bird  2  31.25 ± 8.84  25.00 ± 8.84          6.25       50.00        62.50       -12.50  25.00 ± 8.84

            Accuracies in percent on the test images, mean ± sample standard deviation over n seeds. Best is the epoch of the best robust validation
            accuracy, diff. is best minus final, gen. gap is the robust accuracy on the training images minus that on the test images at the end.

            method       n  dense FLOPs  paper's FLOPs  rel. %  honest FLOPs  rel. %  inference %  density %     s/epoch
            dense        1    3.300e+10      3.300e+10  100.00     2.300e+10  100.00       100.00     100.00        11.0
            flying-bird  2    3.300e+10      1.100e+10   33.33     9.200e+09   40.00        25.00      20.00  11.5 ± 0.7

            FLOPs of the whole training, counted as if dense, as the paper counts, and honestly: no weight gradients in the attack, density over time.
            Each rel. % is relative to training the dense network, counted alike; inference % is one image relative to the dense network. Density is the
            active part of the prunable weights at the end.

            1 unfinished run left out: FOLDER (1 of 2 epochs)
            """
                .replace("FOLDER", folder.resolve("4").toString()));
  }

  @Test
  void textIsSplitWhereItIsTooWideAndMarksTheBest() {
    for (int seed = 1; seed <= 2; seed++) {
      run("a" + seed, 0.5 + seed / 8.0, Optional.empty(), "method=flying-bird-plus", "sparsity.growth=momentum", "seed=" + seed);
      run("b" + seed, 0.25 - seed / 64.0, Optional.of(0.5), "method=flying-bird", "sparsity.density=0.05", "sparsity.init=erk", "seed=" + seed);
    }
    String text = render(TableFormat.TEXT);
    assertThat(text.lines()).allMatch(line -> line.length() <= TableText.WIDTH);
    assertThat(text)
        .contains(
            """

            method                                                    n   robust best   robust final   robust diff.  clean best  clean final
            flying-bird-plus, density 0.2, init igq, growth momentum  2  68.75 ± 8.84*  62.50 ± 8.84*          6.25       50.00        62.50
            flying-bird, density 0.05, init erk, growth gradient      2  22.66 ± 1.10   16.41 ± 1.10           6.25       50.00        62.50

            method                                                    n  clean diff.      gen. gap
            flying-bird-plus, density 0.2, init igq, growth momentum  2       -12.50             -
            flying-bird, density 0.05, init erk, growth gradient      2       -12.50  33.59 ± 1.10

            """)
        .contains("\n* the best mean of an accuracy and those within its standard deviation\n");
  }

  @Test
  void ticketsHaveColumnsWhereThereAreAny() {
    run("1", 0.5, Optional.of(0.75), "method=dense");
    assertThat(render(TableFormat.TEXT)).doesNotContain("icket");
    run("2", 0.25, Optional.of(0.5), "method=robust-bird", "seed=2");
    run("3", 0.25, Optional.of(0.5), "method=robust-bird", "seed=3");
    assertThat(render(TableFormat.TEXT))
        .contains("  ticket epochs  emerged     s/epoch\n", "              -        -        11.0\n", "      2.5 ± 0.7   1 of 2  12.5 ± 0.7\n")
        .contains("Ticket epochs are those of the first stage");
  }

  @Test
  void csv() {
    twoExperiments();
    List<String> lines = List.of(render(TableFormat.CSV).split("\r\n"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith("label,method,seeds,robustBestMean,robustBestDeviation,robustFinalMean,robustFinalDeviation,robustGapMean,robustGapDeviation,")
        .endsWith(",nonzeroFractionMean,nonzeroFractionDeviation,ticketEpochsMean,ticketEpochsDeviation,ticketEmergedMean,ticketEmergedDeviation,"
                + "secondsPerEpochMean,secondsPerEpochDeviation");
    assertThat(lines.get(1))
        .isEqualTo(
            "dense,dense,1,0.5,,0.4375,,0.0625,,0.5,,0.625,,-0.125,,0.3125,,3.3E10,,3.3E10,,1.0,,2.3E10,,1.0,,1.0,,1.0,,,,,,11.0,");
    assertThat(lines.get(2))
        .startsWith("flying-bird,flying-bird,2,0.3125,0.08838834764831845,0.25,0.08838834764831845,0.0625,0.0,0.5,0.0,0.625,0.0,-0.125,0.0,")
        .endsWith(",0.25,0.0,0.2,0.0,,,,,11.5,0.7071067811865476");
    assertThat(lines).allMatch(line -> line.split(",", -1).length == 3 + 2 * 17);
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    sweep("say \"a, b\"");
    assertThat(render(TableFormat.CSV).split("\r\n")[1]).startsWith("\"say \"\"a, b\"\"\",1,0.5,,");
  }

  @Test
  void csvLeavesWhatWasNotMeasuredEmpty() {
    run("1", 0.5, Optional.empty());
    assertThat(render(TableFormat.CSV)).contains(",0.625,,-0.125,,,,3.3E10,");
  }

  @Test
  void markdown() {
    twoExperiments();
    assertThat(render(TableFormat.MARKDOWN))
        .startsWith("cifar10-sample, all training images, ")
        .contains(
            """

            | method | n | robust best | robust final | robust diff. | clean best | clean final | clean diff. | gen. gap |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | dense | 1 | 50.00 | 43.75 | 6.25 | 50.00 | 62.50 | -12.50 | 31.25 |
            | flying-bird | 2 | 31.25 ± 8.84 | 25.00 ± 8.84 | 6.25 | 50.00 | 62.50 | -12.50 | 25.00 ± 8.84 |

            """)
        .contains(
            """

            | method | n | dense FLOPs | paper's FLOPs | rel. % | honest FLOPs | rel. % | inference % | density % | s/epoch |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | dense | 1 | 3.300e+10 | 3.300e+10 | 100.00 | 2.300e+10 | 100.00 | 100.00 | 100.00 | 11.0 |
            | flying-bird | 2 | 3.300e+10 | 1.100e+10 | 33.33 | 9.200e+09 | 40.00 | 25.00 | 20.00 | 11.5 ± 0.7 |

            """)
        .contains("1 unfinished run left out: ");
  }

  @Test
  void markdownMarksTheBestAndEscapes() {
    run("a-1", 0.5, Optional.empty(), "method=static", "seed=1");
    run("a-2", 0.5, Optional.empty(), "method=static", "seed=2");
    run("b-1", 0.25, Optional.empty(), "method=set", "seed=1");
    run("b-2", 0.25, Optional.empty(), "method=set", "seed=2");
    assertThat(render(TableFormat.MARKDOWN))
        .contains("| static | 2 | **50.00** | **43.75** | 6.25 | 50.00 |")
        .contains("| set | 2 | 25.00 | 18.75 | 6.25 | 50.00 |")
        .contains(" Bold: the best mean of an accuracy and those within its standard deviation.\n");
    Path sweep = folder.resolve("sweep");
    sweep(sweep, "a|b *c* _d_ <e>");
    assertThat(TableFormat.MARKDOWN.render(ResultTable.of(RunCollection.read(List.of(sweep)))))
        .contains("| a\\|b \\*c\\* \\_d\\_ \\<e\\> | 1 | 50.00 |");
  }

  @Test
  void html() throws Exception {
    twoExperiments();
    Document document = parse(render(TableFormat.HTML));
    assertThat(texts(document, "h2")).containsExactly("Accuracies", "Charts", "Costs", "Not in the tables", "Published numbers of full runs", "Runs");
    assertThat(texts(document, "tr"))
        .contains(
            "methodnrobust bestrobust finalrobust diff.clean bestclean finalclean diff.gen. gap",
            "dense150.0043.756.2550.0062.50-12.5031.25",
            "flying-bird231.25 ± 8.8425.00 ± 8.846.2550.0062.50-12.5025.00 ± 8.84",
            "flying-bird23.300e+101.100e+1033.339.200e+0940.0025.0020.0011.5 ± 0.7",
            "flying-bird2" + folder.resolve("3"));
    assertThat(texts(document, "p")).contains("1 unfinished run left out: " + folder.resolve("4") + " (1 of 2 epochs)");
    assertThat(document.getElementsByTagName("strong").getLength()).isZero();
    assertThat(texts(document, "tr")).contains("cifar10flying-bird-plus51.7047.5180.7483.1623.89");
    assertThat(texts(document, "summary")).contains("dense, seed 1", "flying-bird, seed 1", "flying-bird, seed 2");
  }

  @Test
  void htmlStressesTheBestAndEscapes() throws Exception {
    run("a-1", 0.5, Optional.empty(), "method=static", "seed=1");
    run("a-2", 0.5, Optional.empty(), "method=static", "seed=2");
    run("b-1", 0.25, Optional.empty(), "method=set", "seed=1");
    run("b-2", 0.25, Optional.empty(), "method=set", "seed=2");
    assertThat(texts(parse(render(TableFormat.HTML)), "strong"))
        .containsExactly("50.00", "43.75");
    Path sweep = folder.resolve("sweep");
    sweep(sweep, "<b>&\"x\"");
    String page = TableFormat.HTML.render(ResultTable.of(RunCollection.read(List.of(sweep))));
    assertThat(page).contains("<th scope=\"row\">&lt;b&gt;&amp;&quot;x&quot;</th>");
    assertThat(texts(parse(page), "th")).contains("<b>&\"x\"");
  }

  @Test
  void aChartHasNoMoreCurvesThanCanBeToldApart() {
    String remark = "The charts show the first 25 rows of the table.";
    for (int percent = 11; percent < 36; percent++) {
      run("run-" + percent, 0.5, Optional.empty(), "method=static", "sparsity.density=0." + percent);
    }
    assertThat(render(TableFormat.HTML).contains(remark)).isFalse();
    run("run-36", 0.5, Optional.empty(), "method=static", "sparsity.density=0.36");
    assertThat(render(TableFormat.HTML).contains(remark)).isTrue();
  }

  @Test
  void json() {
    twoExperiments();
    JsonNode json = Json.tree(TableJson.of(ResultTable.of(RunCollection.read(List.of(folder)))));
    assertThat(json.get("rows")).hasSize(2);
    JsonNode dense = json.get("rows").get(0);
    JsonNode bird = json.get("rows").get(1);
    assertThat(bird.get("label").asText()).isEqualTo("flying-bird");
    assertThat(bird.get("config").get("sparsity.density").asText()).isEqualTo("0.2");
    assertThat(bird.get("n").asInt()).isEqualTo(2);
    assertThat(bird.get("seeds").toString()).isEqualTo("[1,2]");
    assertThat(bird.get("folders").get(1).asText()).isEqualTo(folder.resolve("3").toString());
    assertThat(bird.get("results").get("robustBest").toString()).isEqualTo("{\"n\":2,\"mean\":0.3125,\"deviation\":0.08838834764831845}");
    assertThat(dense.get("results").get("robustBest").toString()).isEqualTo("{\"n\":1,\"mean\":0.5}");
    assertThat(json.get("leftOut").toString())
        .isEqualTo("[{\"folder\":\"%s\",\"reason\":\"unfinished\",\"details\":\"1 of 2 epochs\"}]".formatted(folder.resolve("4")));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotANumberIsNeverPrinted(TableFormat format) {
    run("1", Double.NaN, Optional.of(Double.NaN), "method=dense");
    run("2", Double.NaN, Optional.empty(), "method=set");
    assertThat(withoutScripts(render(format))).doesNotContain("NaN", "Infinity", "null");
  }

  @Test
  void formatsHaveNames() {
    assertThat(TableFormat.parse("markdown")).isEqualTo(TableFormat.MARKDOWN);
    assertThatThrownBy(() -> TableFormat.parse("pdf")).hasMessage("--format: expected one of text, csv, markdown, html, got 'pdf'");
  }

  @Test
  void learningCurvesAreMeansOfTheEpochsThatAllSeedsMeasured() {
    run("1", 0.5, Optional.empty(), "seed=1");
    run("2", 0.5, Optional.empty(), "seed=3");
    List<FinishedRun> runs = RunCollection.read(List.of(folder)).finished();
    ToDoubleFunction<EpochRecord> robust = epoch -> epoch.validation().robust();
    SortedMap<Integer, Double> means = ComparisonCharts.means(runs, robust);
    assertThat(means.keySet()).containsExactly(0, 1);
    assertThat(means.get(0)).isCloseTo(22, within(1e-12));
    assertThat(means.get(1)).isCloseTo(32, within(1e-12));
    FinishedRun second = runs.get(1);
    FinishedRun stopped = new FinishedRun(second.folder(), second.label(), second.config(), second.epochs().subList(1, 2), second.result());
    assertThat(ComparisonCharts.means(List.of(runs.get(0), stopped), robust).keySet()).containsExactly(1);
  }

  private void sweep(String label) {
    sweep(folder, label);
  }

  /** A sweep of one finished run. */
  private static void sweep(Path root, String label) {
    MadeUpRuns.finished(root.resolve("run"), new Accuracies(0.5, 0.5, 0.5, 0.5), Optional.empty());
    new SweepFolder(root).store(SweepIndex.of(List.of(new SweepIndex.Entry(label, "run", "sha256:0", Map.of()))));
  }

  private static String withoutScripts(String page) {
    return page.replaceAll("(?s)<script[^>]*>.*?</script>|data:image[^\"]*", "");
  }

  private static Document parse(String page) throws Exception {
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
