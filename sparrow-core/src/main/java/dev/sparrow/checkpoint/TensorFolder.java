package dev.sparrow.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.AtomicFolder;
import dev.sparrow.io.Checksums;
import dev.sparrow.io.IOConsumer;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of artefact: a folder with a JSON manifest and {@code tensors.safetensors}, replaced as one, the checksum of the tensors in the
 * manifest.
 *
 * @param what its name in messages
 * @param manifest the manifest's file name
 * @param format the version of the format that is written and read, the manifest's key {@code format}
 */
public record TensorFolder(String what, String manifest, int format) {

  /** The name of the file of tensors. */
  public static final String TENSORS = "tensors.safetensors";

  /**
   * Replaces the artefact.
   *
   * @param folder where
   * @param tensors float32, int64 or boolean
   * @param manifestFor the manifest, given the checksum of the tensors
   * @param more may put further files beside the two
   * @throws IOException if writing fails; the old artefact is then whole
   */
  public void save(Path folder, NamedTensors tensors, Function<String, Object> manifestFor, IOConsumer<Path> more) throws IOException {
    new AtomicFolder(folder)
        .replace(
            fresh -> {
              try (TensorScope scope = TensorScope.open()) {
                String sha256 = Safetensors.write(fresh.resolve(TENSORS), TensorFiles.toData(tensors), Map.of());
                AtomicFiles.write(fresh.resolve(manifest), Json.pretty(manifestFor.apply(sha256)));
                more.accept(fresh);
              }
            });
  }

  /** The complete folder to read from. */
  Path current(Path folder) {
    Path current =
        new AtomicFolder(folder).current().orElseThrow(() -> BadInput.data(what, "a folder with " + manifest, "nothing", folder));
    if (!Files.isRegularFile(current.resolve(manifest))) {
      throw BadInput.data(what, "a folder with " + manifest, "none in it", current);
    }
    return current;
  }

  /**
   * Reads the manifest.
   *
   * @param current a complete folder
   * @param type of the manifest
   * @param <T> of the manifest
   * @return the manifest
   * @throws BadInput if it is missing, of another format, or does not fit
   */
  public <T> T readManifest(Path current, Class<T> type) {
    Path file = current.resolve(manifest);
    JsonNode tree = Json.read(file, JsonNode.class);
    JsonNode found = tree.path("format"); // before everything else: another format has other keys
    if (!found.isInt() || found.intValue() != format) {
      throw BadInput.data(what + " format", format, found.isMissingNode() ? "none" : found, file);
    }
    try {
      return Json.bind(tree, type, file.toString());
    } catch (BadInput e) {
      throw e.inData(); // no option was wrong
    }
  }

  /**
   * Opens the tensors after verifying their checksum.
   *
   * @param current a complete folder
   * @param expectedSha256 what the manifest says
   * @param folder its name for messages
   * @return to be closed by the caller
   * @throws BadInput if they are missing or damaged
   * @throws IOException if reading fails
   */
  public SafetensorsFile openTensors(Path current, String expectedSha256, Path folder) throws IOException {
    Path file = current.resolve(TENSORS);
    if (!Files.isRegularFile(file)) {
      throw BadInput.data(what, TENSORS + " beside " + manifest, "no such file", folder);
    }
    String sha256 = Checksums.sha256(file);
    if (!sha256.equals(expectedSha256)) {
      throw BadInput.data("checksum of " + TENSORS, expectedSha256, sha256, folder);
    }
    return Safetensors.read(file);
  }
}
