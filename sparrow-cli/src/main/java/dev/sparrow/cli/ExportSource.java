package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.interop.StoredModel;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network is exported: that of a run folder or a ticket, or weights from elsewhere. */
final class ExportSource {

  @Mixin private RunChoice chosen;

  @Alternative("model")
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights of an export, or of elsewhere as import takes them (a safetensors or sparrow-sparse file, or a PyTorch checkpoint; "
              + "default: none)")
  private Optional<Path> weights = Optional.empty();

  @Mixin private KnownOptions known;

  /**
   * Loads the network.
   *
   * @return to be closed by the caller
   * @throws BadInput if there is none, or not exactly one source was given
   * @throws IOException if reading fails
   */
  StoredModel load() throws IOException {
    Optional<Path> run = chosen.path();
    if (run.isPresent() == weights.isPresent()) {
      throw BadInput.usage("network", "a run folder, a ticket or --weights", run.isPresent() ? "two of them" : "none of them");
    }
    return weights.isPresent()
        ? StoredModel.ofWeights(weights.get(), known.known(), known.normalization())
        : stored(run.get());
  }

  private StoredModel stored(Path folder) throws IOException {
    requireNothingKnown();
    if (Ticket.exists(folder)) {
      return StoredModel.ofTicket(folder);
    }
    RunFolder existing = RunFolder.existing(folder);
    Path checkpoint = ModelOptions.checkpointFolder(existing, chosen.checkpoint());
    return StoredModel.ofCheckpoint(checkpoint, Optional.of(ConfigFile.read(existing.config()).testAttack()));
  }

  /** Runs and tickets say themselves which network theirs is. */
  private void requireNothingKnown() {
    if (known.normalization().isPresent() || !known.known().equals(Known.NOTHING)) {
      throw BadInput.usage("--normalization and options of the network", "--weights beside them", "a run folder or a ticket");
    }
  }
}
