package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Json;
import dev.sparrow.report.HtmlReport;
import dev.sparrow.report.LeftOut;
import dev.sparrow.report.LeftOut.Reason;
import dev.sparrow.report.ResultTable;
import dev.sparrow.report.RunCollection;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.TableFormat;
import dev.sparrow.report.TableJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a page and the paper's table from run folders. */
@Command(
    name = "report",
    description = {
      "Writes a page about runs, and prints a table of the finished ones: one row per configuration, with means and standard deviations",
      "over its seeds. The page needs nothing else: no network, no other file. With --format or --json, that alone is made."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow report runs/first",
      "  sparrow report runs",
      "  sparrow report runs/dense runs/fb --out comparison.html",
      "  sparrow report runs/dense runs/fb --format markdown",
      "  sparrow report runs --format csv --out results.csv",
      "  sparrow report runs --json"
    })
final class ReportCommand extends SettingsCommand {

  private static final String PAGE = "report.html";

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Run folders, sweep folders, or folders with run folders anywhere below them")
  private List<Path> paths = List.of();

  @Alternative("kind of document")
  @Option(
      names = "--format",
      paramLabel = "NAME",
      completionCandidates = Formats.class,
      description = "Make this alone (one of text, csv, markdown, html; default: the page, and text on standard output)")
  private Optional<String> format = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", description =
      "Write it to this file, replacing it (a file; default: standard output; for the page report.html in the only PATH, of several in the "
          + "current folder)")
  private Optional<Path> file = Optional.empty();

  @Alternative("kind of document")
  @Option(names = "--json", description = "Make one JSON object instead (a switch; default: off)")
  private boolean json;

  /** What a shell completes. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(TableFormat.values()).map(TableFormat::label).iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    if (json && format.isPresent()) {
      throw BadInput.usage("--format", "nothing beside --json", "'" + format.get() + "'");
    }
    if (json || format.isPresent()) {
      document(format.map(TableFormat::parse).orElse(TableFormat.TEXT));
    } else {
      page();
    }
    return ExitCode.OK;
  }

  /** One document, in a file or on standard output. */
  private void document(TableFormat chosen) throws IOException {
    String document = chosen == TableFormat.HTML && isSingle() ? HtmlReport.page(run()) : table(chosen);
    if (file.isPresent()) {
      AtomicFiles.write(file.get(), document);
    } else {
      out().print(document);
    }
  }

  /** The page in a file, and the table on standard output. */
  private void page() throws IOException {
    Path page = file.orElseGet(() -> paths.size() == 1 ? paths.get(0).resolve(PAGE) : Path.of(PAGE));
    if (isSingle()) {
      AtomicFiles.write(page, HtmlReport.page(run()));
      out().print(run().isFinished() ? table(TableFormat.TEXT) + System.lineSeparator() : "");
    } else {
      RunCollection runs = RunCollection.read(paths);
      ResultTable table = ResultTable.of(runs);
      runs.leftOut().stream().filter(run -> run.reason() == Reason.DAMAGED).forEach(this::warn);
      AtomicFiles.write(page, TableFormat.HTML.render(table));
      out().print(TableFormat.TEXT.render(table) + System.lineSeparator());
    }
    out().println("report  " + page);
  }

  private boolean isSingle() {
    return paths.size() == 1 && run().holdsRun();
  }

  private RunFolder run() {
    return new RunFolder(paths.get(0));
  }

  private String table(TableFormat chosen) {
    RunCollection runs = RunCollection.read(paths);
    ResultTable table = ResultTable.of(runs);
    runs.leftOut().stream().filter(run -> run.reason() == Reason.DAMAGED || isSilent(chosen)).forEach(this::warn);
    return json ? Json.line(TableJson.of(table)) + System.lineSeparator() : chosen.render(table);
  }

  /** Whether nobody who looks at the terminal would learn what is left out. */
  private boolean isSilent(TableFormat chosen) {
    return chosen == TableFormat.CSV || file.isPresent();
  }

  private void warn(LeftOut run) {
    err().println(run.reason().adjective() + " run left out: " + run.details() + " (" + run.folder() + ")");
  }
}
