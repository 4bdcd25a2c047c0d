package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.report.HtmlReport;
import dev.sparrow.report.RunFolder;
import dev.sparrow.testing.MadeUpRuns;
import dev.sparrow.testing.MadeUpRuns.Accuracies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

  @TempDir private Path folder;

  private Path runs;

  @BeforeEach
  void makeRuns() {
    runs = folder.resolve("runs");
    finished("dense", "method=dense");
    finished("set-1", "method=set", "seed=1");
    finished("set-2", "method=set", "seed=2");
  }

  private void finished(String name, String... assignments) {
    MadeUpRuns.finished(runs.resolve(name), new Accuracies(0.5, 0.25, 0.75, 0.75), Optional.of(0.5), assignments);
  }

  @Test
  void aPageAndATextAreTheDefault() throws IOException {
    Program.Outcome outcome = Program.run("report " + runs);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("cifar10-sample, all training images")
        .contains("dense   1        50.00         25.00         25.00       75.00        75.00         0.00     25.00\n")
        .contains("set     2        50.00");
    Path page = runs.resolve("report.html");
    String text = Program.run("report " + runs + " --format text").out();
    assertThat(outcome.out()).isEqualTo(text + "\nreport  " + page + "\n");
    assertThat(Files.readString(page)).isEqualTo(Program.run("report " + runs + " --format html").out());
  }

  @Test
  void thePageOfARunLiesInItsFolder() throws IOException {
    Path run = runs.resolve("dense");
    Program.Outcome outcome = Program.run("report " + run);
    assertThat(outcome.out()).contains("dense   1        50.00").endsWith("report  " + run.resolve("report.html") + "\n");
    assertThat(Files.readString(run.resolve("report.html"))).isEqualTo(HtmlReport.page(new RunFolder(run)));
    Path page = folder.resolve("page.html");
    assertThat(Program.run("report " + run + " " + runs.resolve("set-1") + " --out " + page).out()).endsWith("report  " + page + "\n");
    assertThat(Files.readString(page)).contains("<h1>Comparison of runs</h1>");
  }

  @ParameterizedTest
  @CsvSource({"text, cifar10-sample", "csv, label", "markdown, cifar10-sample", "html, <!DOCTYPE html>"})
  void aFileHoldsWhatStandardOutputWouldShow(String format, String start) throws IOException {
    Path file = folder.resolve("new/report");
    Program.Outcome shown = Program.run("report " + runs + " --format " + format);
    assertThat(shown.out()).startsWith(start);
    Program.Outcome written = Program.run("report " + runs + " --format " + format + " --out " + file);
    assertThat(written.exitCode()).isZero();
    assertThat(written.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(shown.out());
    assertThat(file.getParent().toFile().list()).containsExactly("report");
    Program.run("report " + runs.resolve("dense") + " --format csv --out " + file);
    assertThat(Files.readString(file)).as("replaced").startsWith("label,seeds,");
  }

  @Test
  void jsonIsOneObject() throws IOException {
    JsonNode json = Program.json("report --json " + runs);
    assertThat(json.get("rows")).extracting(row -> row.get("label").asText()).containsExactly("dense", "set");
    assertThat(json.get("rows").get(1).get("results").get("robustFinal").get("mean").asDouble()).isEqualTo(0.25);
    Path file = folder.resolve("report.json");
    assertThat(Program.run("report --json " + runs + " --out " + file).out()).isEmpty();
    assertThat(Files.readString(file)).startsWith("{\"rows\":[");
  }

  @Test
  void oneRunAsHtmlIsItsOwnPage() {
    Path run = runs.resolve("dense");
    String page = HtmlReport.page(new RunFolder(run));
    assertThat(Program.run("report --format html " + run).out()).isEqualTo(page);
    assertThat(Program.run("report --format html " + run + " " + runs.resolve("set-1")).out()).contains("<h1>Comparison of runs</h1>");
  }

  @Test
  void whatIsLeftOutIsSaidWhereItIsSeen() throws IOException {
    Path unfinished = runs.resolve("set-3");
    MadeUpRuns.unfinished(unfinished, 1, "method=set", "seed=3");
    String warning = "unfinished run left out: 1 of 2 epochs (" + unfinished + ")";
    Program.Outcome text = Program.run("report " + runs);
    assertThat(text.errorLines()).isEmpty();
    assertThat(text.out()).contains("\n1 unfinished run left out: " + unfinished + " (1 of 2 epochs)\n");
    Program.Outcome csv = Program.run("report --format csv " + runs);
    assertThat(csv.errorLines()).containsExactly(warning);
    assertThat(csv.out().lines()).hasSize(3);
    assertThat(Program.run("report " + runs + " --format text --out " + folder.resolve("report")).errorLines()).containsExactly(warning);
    Files.writeString(runs.resolve("set-2/config.json"), "{");
    Program.Outcome damaged = Program.run("report --json " + runs);
    assertThat(damaged.exitCode()).isZero();
    assertThat(damaged.errorLines()).singleElement().asString().startsWith("damaged run left out: JSON: expected").contains("set-2");
  }

  @Test
  void anUnfinishedRunHasAPageButNoTable() throws IOException {
    Path run = folder.resolve("run");
    MadeUpRuns.unfinished(run, 1);
    Program.Outcome outcome = Program.run("report " + run);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("report  " + run.resolve("report.html") + "\n");
    assertThat(Files.readString(run.resolve("report.html"))).contains("This run has not finished");
  }

  @Test
  void nothingFinishedIsAFailure() throws IOException {
    Path run = folder.resolve("run");
    MadeUpRuns.unfinished(run, 1);
    Program.Outcome outcome = Program.run("report --format text " + run);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.errorLines())
        .containsExactly("runs: expected at least one that has finished, got one unfinished: 1 of 2 epochs (" + run + ")");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(Program.run("report " + empty + " --out " + folder.resolve("none")).exitCode()).isEqualTo(1);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          report | PATH: expected a value, got nothing (sparrow report)
          report runs --format pdf | --format: expected one of text, csv, markdown, html, got 'pdf'
          report runs --format csv --json | --format: expected nothing beside --json, got 'csv'
          """)
  void usageErrors(String commandLine, String message) {
    Program.Outcome outcome = Program.run(commandLine);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
