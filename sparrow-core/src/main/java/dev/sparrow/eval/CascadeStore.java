package dev.sparrow.eval;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.TensorFiles;
import dev.sparrow.checkpoint.TensorFolder;
import dev.sparrow.eval.CascadeState.Counts;
import dev.sparrow.eval.CascadeState.Manifest;
import dev.sparrow.io.AtomicFolder;
import dev.sparrow.io.FileTrees;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/** Where a cascade keeps its state while it runs: a folder that is replaced as one, and removed at the end. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class CascadeStore {

  /** Version of the format of {@code state.json}. */
  static final int FORMAT = 1;

  private static final String OUTCOMES = "outcomes";
  private static final TensorFolder KIND = new TensorFolder("evaluation state", "state.json", FORMAT);

  private final Optional<Path> folder;

  private CascadeStore(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Keeps nothing: an interrupted evaluation begins anew.
   *
   * @return a store
   */
  public static CascadeStore none() {
    return new CascadeStore(Optional.empty());
  }

  /**
   * Keeps the state in a folder of its own.
   *
   * @param folder need not exist; nobody else writes there meanwhile
   * @return a store
   */
  public static CascadeStore in(Path folder) {
    return new CascadeStore(Optional.of(folder));
  }

  /** Whether anything is kept. */
  boolean keeps() {
    return folder.isPresent();
  }

  /**
   * The state of an interrupted evaluation.
   *
   * @param subject of this one
   * @param device where its tensors go
   * @return its tensors belong to the caller's scope; empty if there is none
   * @throws BadInput if it is damaged or of another evaluation
   */
  Optional<CascadeState> load(Subject subject, DeviceSpec device) {
    Optional<Path> current = folder.flatMap(path -> new AtomicFolder(path).current());
    return current.map(path -> load(path, subject, device));
  }

  private CascadeState load(Path current, Subject subject, DeviceSpec device) {
    Manifest manifest = KIND.readManifest(current, Manifest.class);
    Counts counts = manifest.counts();
    String differences = subject.differences(counts.subject());
    if (!differences.isEmpty()) {
      String expected = "that of the same evaluation, or none (delete it to begin anew)";
      throw BadInput.data("evaluation state", expected, "that of one with other " + differences, folder.orElseThrow());
    }
    try (SafetensorsFile file = KIND.openTensors(current, manifest.tensorsSha256(), folder.orElseThrow())) {
      Map<String, Tensor> stage = new LinkedHashMap<>();
      for (String name : file.names()) {
        if (!name.equals(OUTCOMES)) {
          stage.put(name, Tensors.toDevice(TensorFiles.read(file, name), device.toDevice()));
        }
      }
      return new CascadeState(counts, Tensors.toLongs(TensorFiles.read(file, OUTCOMES)), new NamedTensors(stage));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + current, e);
    }
  }

  /** Replaces the state. */
  void save(CascadeState state) {
    folder.ifPresent(path -> save(path, state));
  }

  private static void save(Path path, CascadeState state) {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(state.stage().asMap());
      tensors.put(OUTCOMES, Tensors.ofLongs(state.outcomes(), state.outcomes().length));
      KIND.save(path, new NamedTensors(tensors), sha256 -> new Manifest(FORMAT, state.counts(), sha256), fresh -> {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot save the state of the evaluation in " + path, e);
    }
  }

  /** The evaluation is over. */
  void remove() {
    folder.ifPresent(
        path -> {
          try {
            FileTrees.delete(path);
          } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
          }
        });
  }
}
