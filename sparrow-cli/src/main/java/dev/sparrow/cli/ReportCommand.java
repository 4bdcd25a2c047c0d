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
import dev.sparrow.report.StoredRun;
import dev.sparrow.report.TableFormat;
import dev.sparrow.report.TableJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the paper's table from run folders. */
@Command(
    name = "report",
    description = {
      "Makes a table of finished runs: one row per configuration, with means and standard deviations over its seeds.",
      "A single run folder as html is the run's own page."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow report runs",
      "  sparrow report runs/dense runs/fb --format markdown",
      "  sparrow report runs --format html --out comparison.html",
      "  sparrow report runs --format csv --out results.csv",
      "  sparrow report runs --json"
    })
final class ReportCommand extends SparrowCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Run folders, sweep folders, or folders with run folders anywhere below them")
  private List<Path> paths = List.of();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      completionCandidates = Formats.class,
      description = "What to make (one of text, csv, markdown, html; default: text)")
  private Optional<String> format = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", description = "Write it to this file, replacing it (a file; default: standard output)")
  private Optional<Path> file = Optional.empty();

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
    TableFormat chosen = format.map(TableFormat::parse).orElse(TableFormat.TEXT);
    boolean single = paths.size() == 1 && new RunFolder(paths.get(0)).holdsRun();
    String document = chosen == TableFormat.HTML && single ? HtmlReport.page(StoredRun.read(new RunFolder(paths.get(0)))) : table(chosen);
    if (file.isPresent()) {
      AtomicFiles.write(file.get(), document);
    } else {
      out().print(document);
    }
    return ExitCode.OK;
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
