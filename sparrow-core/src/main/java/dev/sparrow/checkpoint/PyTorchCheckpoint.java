package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.io.DType;
import dev.sparrow.io.PickledArray;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.PyTorchTensor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A checkpoint of {@code torch.save}, in which a network's weights are found: under {@code state_dict}, {@code model}, {@code net} or
 * {@code model_state_dict}, behind {@code module.} or {@code model.}, and with the masks of the reference or of
 * {@code torch.nn.utils.prune}.
 */
final class PyTorchCheckpoint implements Closeable {

  private static final List<String> NESTS = List.of("state_dict", "model", "net", "model_state_dict");

  /** Every network is tried with each. */
  private static final int MOST_CANDIDATES = 16;

  private static final String MASK_INFO = "mask_info";

  /** The reference's names of masks end with the parameter's number. */
  private static final String NUMBER = "_[0-9]+$";

  private final Path path;
  private final PyTorchFile file;
  private final List<StateDict> candidates = new ArrayList<>();

  /** Dictionaries that were looked at: one may stand in many places. */
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private PyTorchCheckpoint(Path path, PyTorchFile file) {
    this.path = path;
    this.file = file;
    collect("", file.content());
    if (candidates.isEmpty()) {
      throw BadInput.data("PyTorch checkpoint", "tensors by name, at the top or under one of " + NESTS, "none", path);
    }
  }

  /**
   * Opens a checkpoint.
   *
   * @param path the file
   * @return to be closed by the caller
   * @throws BadInput if it is damaged, holds anything but data, or has no weights
   * @throws IOException if reading fails
   */
  public static PyTorchCheckpoint open(Path path) throws IOException {
    PyTorchFile file = PyTorchFile.open(path);
    try {
      return new PyTorchCheckpoint(path, file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void collect(String key, Object value) {
    if (!(value instanceof Map<?, ?> dictionary) || !seen.add(dictionary)) {
      return;
    }
    StateDict candidate = StateDict.of(key, dictionary);
    if (!candidate.tensors().isEmpty()) {
      candidates.add(candidate);
    }
    if (candidates.size() > MOST_CANDIDATES) {
      throw BadInput.data("PyTorch checkpoint", "at most " + MOST_CANDIDATES + " dictionaries of tensors under " + NESTS, "more", path);
    }
    NESTS.stream().filter(dictionary::containsKey).forEach(nest -> collect(key.isEmpty() ? nest : key + "." + nest, dictionary.get(nest)));
  }

  /** What may be a network's weights, the file's own dictionary first. */
  List<StateDict> candidates() {
    return Collections.unmodifiableList(candidates);
  }

  /**
   * The weights that fit a network best.
   *
   * @param network what they are for
   * @return its weights, readable while this checkpoint is open; whether they fit is not checked
   */
  public PyTorchWeights weights(Blueprint network) {
    StateDict best = candidates.get(0);
    for (StateDict candidate : candidates) {
      Comparator<StateDict> fit = Comparator.comparingLong(other -> other.fitting(network.tensors()));
      best = fit.compare(candidate, best) > 0 ? candidate : best;
    }
    if (!best.opaque().isEmpty()) {
      throw BadInput.data("tensors", "dense ones of real numbers", best.opaque(), path);
    }
    Map<String, PyTorchTensor> masks = best.masks().isEmpty() ? referenceMasks(best.prefix()) : best.masks();
    requireMasks(masks, best);
    file.requireReadable(best.tensors().values());
    file.requireReadable(masks.values());
    return new PyTorchWeights(file, path, best, masks, facts(), network);
  }

  /** {@code mask_info} has {@code masks}, a dictionary from a parameter's name and number to zeros and ones. */
  private Map<String, PyTorchTensor> referenceMasks(String prefix) {
    Map<String, PyTorchTensor> masks = new LinkedHashMap<>();
    if (file.content() instanceof Map<?, ?> root
        && root.get(MASK_INFO) instanceof Map<?, ?> info
        && info.get("masks") instanceof Map<?, ?> named) {
      named.forEach(
          (name, mask) -> {
            if (name instanceof String text && mask instanceof PyTorchTensor tensor) {
              masks.put(StateDict.stripped(text.replaceFirst(NUMBER, ""), prefix), tensor);
            }
          });
    }
    return masks;
  }

  /** Masks must suit the checkpoint's own tensors; whether those suit the network is found when they are loaded. */
  private void requireMasks(Map<String, PyTorchTensor> masks, StateDict weights) {
    List<String> misfits = new ArrayList<>();
    masks.forEach(
        (name, mask) -> {
          PyTorchTensor weight = weights.tensors().get(name);
          if (weight == null || !weight.shape().equals(mask.shape())) {
            misfits.add(name + " (expected " + (weight == null ? "none" : "[" + weight.shape() + "]") + ", got [" + mask.shape() + "])");
          }
        });
    if (!misfits.isEmpty()) {
      throw BadInput.data("masks", "those of the weights", misfits, path);
    }
  }

  /**
   * What the checkpoint says about itself, if Sparrow exported it: a text in its {@linkplain ModelCard#DICTIONARY dictionary}.
   *
   * @return the description; empty if the checkpoint has none
   * @throws BadInput if it has one that is damaged or of another format
   */
  Optional<ModelCard> card() {
    return file.content() instanceof Map<?, ?> root && root.get(ModelCard.DICTIONARY) instanceof Map<?, ?> about
        ? ModelCard.read(about, path)
        : Optional.empty();
  }

  /** What stands beside the weights: numbers and texts of the checkpoint, such as its epoch and accuracies. */
  private Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (file.content() instanceof Map<?, ?> root) {
      root.forEach(
          (key, value) -> {
            if (value instanceof Number || value instanceof String || value instanceof Boolean) {
              facts.put(String.valueOf(key), value);
            } else if (value instanceof PickledArray array && array.shape().rank() == 0 && array.dtype() == DType.F64) {
              facts.put(String.valueOf(key), array.data().getDouble()); // a numpy.float64, as averages are
            }
          });
    }
    return facts;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
