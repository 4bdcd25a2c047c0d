package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.NetworkSearch;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelOrigin;
import dev.sparrow.checkpoint.WeightsFile;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes in weights from elsewhere: finds out what they are, and writes them as a file that describes itself, or as a ticket. */
public final class WeightsImport {

  private final Path file;
  private final NetworkSearch.Known known;
  private final Optional<Normalization> normalization;

  /**
   * Weights and what is known of them.
   *
   * @param file a file of weights in any format that Sparrow reads
   * @param known what is known of the network; must not contradict a file that describes itself
   * @param normalization constants inside the network, for a file that has none; gives way to the file's
   */
  public WeightsImport(Path file, NetworkSearch.Known known, Optional<Normalization> normalization) {
    this.file = file;
    this.known = known;
    this.normalization = normalization;
  }

  /**
   * Says what the file is. Writes nothing and loads no libtorch.
   *
   * @return what was found
   * @throws BadInput if the file is damaged, or not exactly one network fits
   * @throws IOException if reading fails
   */
  public ImportReport look() throws IOException {
    try (WeightsFile weights = open()) {
      return report(weights);
    }
  }

  /**
   * Writes the network. Before the file takes its place, what it holds is compared with what was read on random images.
   *
   * @param out a safetensors file that needs no options to be read; replaced if it exists
   * @param ticket a ticket's folder, for training on with the masks of the file, or with its nonzero weights where it has none
   * @return what was found and written
   * @throws BadInput if the file is damaged, not exactly one network fits, or its normalisation is known from nowhere
   * @throws IOException if reading or writing fails
   */
  public ImportReport write(Optional<Path> out, Optional<Path> ticket) throws IOException {
    try (TensorScope scope = TensorScope.open();
        WeightsFile weights = open()) {
      requireNormalization(weights);
      ImportReport report = report(weights);
      try (StoredModel stored = stored(weights)) {
        Optional<Double> difference = Optional.empty();
        if (out.isPresent()) {
          difference = Optional.of(WeightsExport.SAFETENSORS.write(out.get(), ExportedNetwork.of(stored, OptionalInt.empty())));
        }
        Optional<Double> density = Optional.empty();
        if (ticket.isPresent()) {
          density = Optional.of(saveTicket(weights, stored.model(), ticket.get()));
        }
        return report.with(new ImportReport.Written(out.map(Path::toString), difference, ticket.map(Path::toString), density));
      }
    }
  }

  private double saveTicket(WeightsFile weights, LoadedModel loaded, Path folder) throws IOException {
    try (MaskSet masks = ImportedTicket.masks(weights, loaded)) {
      ImportedTicket.save(folder, file, loaded, masks);
      return masks.density();
    }
  }

  /** The network and where it comes from, to be closed by the caller. */
  StoredModel load() throws IOException {
    try (WeightsFile weights = open()) {
      requireNormalization(weights);
      return stored(weights);
    }
  }

  private StoredModel stored(WeightsFile weights) throws IOException {
    ModelOrigin origin = ModelCard.read(file).map(ModelOrigin::of).orElse(ModelOrigin.UNKNOWN);
    return new StoredModel(LoadedModel.fromWeights(file, weights.info(), EngineChoice.EXACT), origin);
  }

  private ImportReport report(WeightsFile weights) throws IOException {
    return new ImportSummary(file, known, normalization, ModelCard.read(file).isPresent(), weights).report();
  }

  private WeightsFile open() throws IOException {
    Optional<ModelCard> described = ModelCard.read(file);
    if (described.isPresent()) {
      KnownNetwork.requireSame(known, described.get().model(), file);
      return WeightsFile.open(file);
    }
    return WeightsFile.open(file, KnownNetwork.find(file, known, normalization));
  }

  /** A network with another normalisation is another function, and nothing would show it. */
  private void requireNormalization(WeightsFile weights) {
    if (!weights.findings().normalization() && normalization.isEmpty()) {
      String expected = "cifar10, cifar100, tinyimagenet, none or six numbers, since " + file + " has none";
      throw BadInput.usage("--normalization", expected, "nothing");
    }
  }
}
