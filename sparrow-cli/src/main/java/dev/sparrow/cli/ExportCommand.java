package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.interop.ExportFormat;
import dev.sparrow.interop.ModelExport;
import dev.sparrow.interop.StoredModel;
import dev.sparrow.interop.StoredValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a network as a file of its own. */
@Command(
    name = "export",
    description = {
      "Writes the network of a run, of a ticket or of weights from elsewhere as a file that evaluate --weights reads without further options "
          + "(safetensors, a PyTorch checkpoint that loads into the reference's network class, or sparrow-sparse, which holds no inactive "
          + "weights), or as an ONNX model.",
      "With --compact, channels that contribute nothing are removed: a smaller network with the same outputs. The reference's classes do not "
          + "take it.",
      "The outputs are compared on random images before the file takes its place."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow export runs/first --out first.safetensors",
      "  sparrow export runs/first --checkpoint last --compact --out small.safetensors --json",
      "  sparrow export runs/first --format pytorch --out first.pt",
      "  sparrow export runs/first --format sparrow-sparse --values bfloat16 --out first.sparrow",
      "  sparrow export runs/first --format onnx --fold --out first.onnx",
      "  sparrow export --weights model_RA_best.pth.tar --format onnx --out robust.onnx"
    })
final class ExportCommand extends ResultCommand {

  @Mixin private ExportSource source;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "safetensors",
      description = "Format of the file (one of safetensors, pytorch, sparrow-sparse, onnx; default: ${DEFAULT-VALUE})")
  private String format;

  @Option(
      names = "--values",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description =
          "With --format sparrow-sparse, the type of weights in the file; rounding to bfloat16 changes the outputs a little, as the report says "
              + "(one of float32, bfloat16; default: ${DEFAULT-VALUE})")
  private String values;

  @Option(
      names = "--fold",
      description = "With --format onnx, make batch norms part of the convolutions ahead of them, where they can be (a switch; default: off)")
  private boolean fold;

  @Option(
      names = "--compact",
      arity = "0",
      negatable = true,
      description = "Remove the channels that contribute nothing (a switch; default: on with --format onnx, else off)")
  private Optional<Boolean> compact = Optional.empty();

  @Option(
      names = "--align",
      paramLabel = "N",
      description =
          "When channels are removed, keep some of them so that numbers of channels are multiples of this, where the network has that many (channels, at "
              + "least 1; default: 1)")
  private Optional<Integer> align = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write; replaced if it exists (no default: required)")
  private Path file;

  @Override
  public Integer call() throws IOException {
    ModelExport.Request request = request();
    ModelExport.Report report;
    try (StoredModel stored = source.load()) {
      report = ModelExport.write(stored, request, file);
    }
    print(report, () -> text(report, request.alignment().isPresent()));
    return ExitCode.OK;
  }

  /** An ONNX model is there to be run: nobody misses the channels that contribute nothing. */
  private ModelExport.Request request() {
    ExportFormat chosen = ExportFormat.parse(format);
    boolean compacting = compact.orElse(chosen == ExportFormat.ONNX);
    if (align.isPresent() && !compacting) {
      throw BadInput.usage("--align", "--compact beside it", "none");
    }
    OptionalInt alignment = compacting ? OptionalInt.of(align.orElse(1)) : OptionalInt.empty();
    return new ModelExport.Request(chosen, fold, alignment, StoredValues.parse(values));
  }

  private static String text(ModelExport.Report report, boolean compacting) {
    return Texts.format(
        "%s%n%s%nparameters   %s%nMACs         %s%nbytes        %,d, %s of the network's in float32%nnonzero      %s of the prunable weights%n"
            + "difference   %.1e of the largest logit",
        report.file(),
        kind(report, compacting),
        sizes(report.parameters()),
        sizes(report.macs()),
        report.bytes().after(),
        Texts.percent(report.bytes().after() / (double) report.bytes().before()),
        Texts.percent(report.nonzeroFraction()),
        report.maxDifference());
  }

  private static String kind(ModelExport.Report report, boolean compacting) {
    if (report.compact()) {
      return "the compact network";
    }
    return compacting ? "the whole network: every channel contributes, there is nothing to remove" : "the whole network";
  }

  private static String sizes(ModelExport.Size size) {
    return size.before() == size.after()
        ? Texts.format("%,d", size.after())
        : Texts.format("%,d, down from %,d (%s)", size.after(), size.before(), Texts.percent(size.after() / (double) size.before()));
  }
}
