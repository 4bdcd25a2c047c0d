package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.interop.ExportFormat;
import dev.sparrow.interop.ModelExport;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run's network as a file of its own. */
@Command(
    name = "export",
    description = {
      "Writes the network of a run as a file that evaluate --weights reads without further options (safetensors, or a PyTorch checkpoint that "
          + "loads into the reference's network class), or as an ONNX model.",
      "With --compact, channels that contribute nothing are removed: a smaller network with the same outputs.",
      "The outputs are compared on random images before the file takes its place."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow export runs/first --out first.safetensors",
      "  sparrow export runs/first --checkpoint last --compact --out small.safetensors --json",
      "  sparrow export runs/first --format pytorch --out first.pt",
      "  sparrow export runs/first --format onnx --fold --out first.onnx"
    })
final class ExportCommand extends ResultCommand {

  @Parameters(paramLabel = "RUN", description = "A run folder")
  private Path run;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "best-robust",
      description = "Which of the run's checkpoints (one of best-robust, best-clean, last; default: ${DEFAULT-VALUE})")
  private String checkpoint;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "safetensors",
      description = "Format of the file (one of safetensors, pytorch, onnx; default: ${DEFAULT-VALUE})")
  private String format;

  @Option(
      names = "--fold",
      description = "With --format onnx, make batch norms part of the convolutions ahead of them, where they can be (a switch; default: off)")
  private boolean fold;

  @Option(names = "--compact", description = "Remove the channels that contribute nothing (a switch; default: off)")
  private boolean compact;

  @Option(
      names = "--align",
      paramLabel = "N",
      description =
          "With --compact, keep some of them so that numbers of channels are multiples of this, where the network has that many (channels, at "
              + "least 1; default: 1)")
  private Optional<Integer> align = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write; replaced if it exists (no default: required)")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (align.isPresent() && !compact) {
      throw BadInput.usage("--align", "--compact beside it", "none");
    }
    OptionalInt alignment = compact ? OptionalInt.of(align.orElse(1)) : OptionalInt.empty();
    ModelExport.Request request = new ModelExport.Request(ExportFormat.parse(format), fold, alignment);
    Path folder = ModelOptions.checkpointFolder(RunFolder.existing(run), checkpoint);
    ModelExport.Report report = ModelExport.write(folder, request, file);
    print(report, () -> text(report));
    return ExitCode.OK;
  }

  private String text(ModelExport.Report report) {
    return Texts.format(
        "%s%n%s%nparameters   %s%nMACs         %s%nnonzero      %s of the prunable weights%ndifference   %.1e of the largest logit",
        report.file(),
        kind(report),
        sizes(report.parameters()),
        sizes(report.macs()),
        Texts.percent(report.nonzeroFraction()),
        report.maxDifference());
  }

  private String kind(ModelExport.Report report) {
    if (report.compact()) {
      return "the compact network";
    }
    return compact ? "the whole network: every channel contributes, there is nothing to remove" : "the whole network";
  }

  private static String sizes(ModelExport.Size size) {
    return size.before() == size.after()
        ? Texts.format("%,d", size.after())
        : Texts.format("%,d, down from %,d (%s)", size.after(), size.before(), Texts.percent(size.after() / (double) size.before()));
  }
}
