package dev.sparrow.cli;

import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.Manifest;
import dev.sparrow.interop.ImportReport;
import dev.sparrow.interop.WeightsImport;
import dev.sparrow.report.RunFolder;
import dev.sparrow.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a checkpoint holds. */
@Command(
    name = "checkpoint",
    description = {
      "Verifies a run's checkpoint and shows where the run stood and how it was doing.",
      "Of a file of weights from elsewhere it says what import would."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow inspect checkpoint runs/first",
      "  sparrow inspect checkpoint runs/first --checkpoint best-robust --json",
      "  sparrow inspect checkpoint model_RA_best.pth.tar"
    })
final class InspectCheckpoint extends ResultCommand {

  @Parameters(paramLabel = "RUN", description = "A run folder, or a file of weights")
  private Path run;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "last",
      description = "Which one (one of best-robust, best-clean, last; default: ${DEFAULT-VALUE})")
  private String name;

  @Override
  public Integer call() throws IOException {
    if (Files.isRegularFile(run)) {
      ImportReport report = new WeightsImport(run, Known.NOTHING, Optional.empty()).look();
      print(report, () -> new ImportTexts(report).text());
      return ExitCode.OK;
    }
    Path folder = ModelOptions.checkpointFolder(RunFolder.existing(run), name);
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      Manifest manifest = checkpoint.manifest();
      print(manifest, () -> text(folder, manifest));
    }
    return ExitCode.OK;
  }

  private static String text(Path folder, Manifest manifest) {
    TextTable epochs = new TextTable().right("epoch").right("loss").right("training").right("clean").right("robust").right("density");
    manifest
        .history()
        .forEach(
            epoch ->
                epochs.row(
                    epoch.epoch() + 1,
                    Texts.format("%.3f", epoch.trainLoss()),
                    Texts.percent(epoch.trainAccuracy()),
                    Texts.percent(epoch.validation().clean()),
                    Texts.percent(epoch.validation().robust()),
                    Texts.format("%.4f", epoch.density())));
    return Texts.format(
        "%s: sound, format %d%n%s, width %d, %d classes, %dx%d images%n"
            + "%d epochs finished and %d batches of the next one, %,d iterations in all%n%naccuracies on validation images%n%s",
        folder,
        manifest.format(),
        manifest.model().network().arch().label(),
        manifest.model().network().width(),
        manifest.model().numClasses(),
        manifest.model().imageSize(),
        manifest.model().imageSize(),
        manifest.progress().epoch(),
        manifest.progress().batch(),
        manifest.progress().iteration(),
        epochs);
  }
}
