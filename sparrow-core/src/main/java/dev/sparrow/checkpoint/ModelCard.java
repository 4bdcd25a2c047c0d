package dev.sparrow.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.io.Json;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.TensorArchive;
import dev.sparrow.report.EpochRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a file of weights says about itself, so that it loads without options: one JSON object in the free-text map of a safetensors or
 * sparrow-sparse file, and in {@link #DICTIONARY} of a PyTorch checkpoint.
 *
 * @param format version of this description, {@link #FORMAT} when written
 * @param model how to rebuild the network; a compact one is narrower, as the shapes of its tensors say
 * @param compact whether channels that contribute nothing were removed
 * @param nonzeroFraction fraction of the prunable weights in the file that are not zero, in [0, 1]
 * @param configHash hash of the configuration of the run that trained it; empty for weights from elsewhere
 * @param measured its accuracies, if they were measured on exactly these weights
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record ModelCard(
    int format, ModelInfo model, boolean compact, double nonzeroFraction, Optional<String> configHash, Optional<Measured> measured) {

  /** The format this version writes and reads. */
  public static final int FORMAT = 1;

  /** What the dictionary in a PyTorch checkpoint is called that holds the description and what else a file says of its network. */
  public static final String DICTIONARY = "sparrow";

  private static final String KEY = "sparrow.model";

  /** Checks the fraction. */
  public ModelCard {
    if (!(nonzeroFraction >= 0 && nonzeroFraction <= 1)) {
      throw BadInput.data("nonzeroFraction", "a number in [0, 1]", nonzeroFraction, KEY);
    }
  }

  /**
   * What the run measured at the end of an epoch.
   *
   * @param epoch the epoch, from 0
   * @param validation on the validation images
   * @param test on the test images, if the epoch was evaluated on them
   * @param attack what robust accuracies are measured under, if it is known
   */
  public record Measured(
      int epoch, EpochRecord.Validation validation, Optional<EpochRecord.Test> test, Optional<AttackConfig> attack) {

    static Measured of(EpochRecord epoch, Optional<AttackConfig> attack) {
      return new Measured(epoch.epoch(), epoch.validation(), epoch.test(), attack);
    }
  }

  /**
   * Describes a network.
   *
   * @param model how to rebuild it
   * @param origin where its numbers come from
   * @param compact whether channels were removed
   * @param nonzeroFraction fraction of the prunable weights that are not zero
   * @return the description
   */
  public static ModelCard of(ModelInfo model, ModelOrigin origin, boolean compact, double nonzeroFraction) {
    return new ModelCard(FORMAT, model, compact, nonzeroFraction, origin.configHash(), origin.measured());
  }

  /**
   * Reads the description of a file.
   *
   * @param metadata the file's texts by name
   * @param where the file, for messages
   * @return the description; empty if the file has none
   * @throws BadInput if it has one that is damaged or of another format
   */
  public static Optional<ModelCard> read(Map<?, ?> metadata, Object where) {
    return metadata.get(KEY) instanceof String text ? Optional.of(parse(text, KEY + " in " + where)) : Optional.empty();
  }

  /**
   * Reads the description of a file.
   *
   * @param file a safetensors file or a PyTorch checkpoint
   * @return the description; empty if the file has none
   * @throws BadInput if the file is not sound, or its description is damaged or of another format
   * @throws IOException if reading fails
   */
  public static Optional<ModelCard> read(Path file) throws IOException {
    if (PyTorchFile.recognises(file)) {
      try (PyTorchCheckpoint checkpoint = PyTorchCheckpoint.open(file)) {
        return checkpoint.card();
      }
    }
    try (TensorArchive weights = TensorArchive.open(file)) {
      return read(weights.metadata(), file);
    }
  }

  private static ModelCard parse(String text, String where) {
    JsonNode tree = Json.parse(text, JsonNode.class, where);
    JsonNode format = tree.path("format"); // before everything else: another format has other keys
    if (!format.isInt() || format.intValue() != FORMAT) {
      throw BadInput.data("model format", FORMAT, format.isMissingNode() ? "none" : format, where);
    }
    try {
      return Json.bind(tree, ModelCard.class, where);
    } catch (BadInput e) {
      throw e.inData(); // no option was wrong
    }
  }

  /**
   * The description as a file holds it.
   *
   * @return one entry of the free-text map
   */
  public Map<String, String> toMetadata() {
    return Map.of(KEY, Json.line(this));
  }
}
