package dev.sparrow.cli;

import dev.sparrow.interop.ImportReport;
import dev.sparrow.interop.WeightsImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes in weights from elsewhere. */
@Command(
    name = "import",
    description = {
      "Reads weights from elsewhere (a PyTorch checkpoint of either format, a safetensors or a sparrow-sparse file), finds out which "
          + "network they are of, and writes them as a safetensors file that every command reads without further options.",
      "Nothing in the file is executed. With --ticket, masks and weights also become a ticket that train goes on with. Without --out and "
          + "--ticket it only says what the file is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow import model_RA_best.pth.tar",
      "  sparrow import model_RA_best.pth.tar --out robust.safetensors",
      "  sparrow import pruned.pt --arch vgg16 --normalization cifar10 --out pruned.safetensors --ticket tickets/pruned --json"
    })
final class ImportCommand extends ResultCommand {

  @Parameters(paramLabel = "FILE", description = "The weights: .pt, .pth, .pth.tar or .safetensors, whatever it is called")
  private Path file;

  @Mixin private KnownOptions known;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write (a safetensors file, replaced if it exists; default: none, only say what was found)")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--ticket",
      paramLabel = "DIR",
      description = "A ticket to write, with the file's masks or, without any, its nonzero weights (a folder; default: none)")
  private Optional<Path> ticket = Optional.empty();

  @Override
  public Integer call() throws IOException {
    WeightsImport weights = new WeightsImport(file, known.known(), known.normalization());
    ImportReport report = out.isPresent() || ticket.isPresent() ? weights.write(out, ticket) : weights.look();
    print(report, () -> new ImportTexts(report).text());
    return ExitCode.OK;
  }
}
