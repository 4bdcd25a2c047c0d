package dev.sparrow.checkpoint;

import dev.sparrow.io.PyTorchOpaque;
import dev.sparrow.io.PyTorchTensor;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dictionary of tensors in a PyTorch checkpoint, under the names that the network has.
 *
 * @param key where it stood in the checkpoint, dotted; empty for the checkpoint itself
 * @param prefix what stood before every name, for example {@code module.}
 * @param tensors parameters and buffers by name
 * @param masks by parameter, zeros and ones of any type: those of {@code torch.nn.utils.prune}
 * @param leftOut names of tensors that are no part of a network
 * @param opaque names of tensors that cannot be read, with what they are
 */
record StateDict(
    String key,
    String prefix,
    Map<String, PyTorchTensor> tensors,
    Map<String, PyTorchTensor> masks,
    List<String> leftOut,
    List<String> opaque) {

  private static final List<String> PREFIXES = List.of("module.", "model.");

  /** Nobody wraps more often, and a file could go on for ever. */
  private static final int MOST_WRAPPERS = 4;

  private static final String NORMALIZATION = "normalize.";

  private static final String ORIGINAL = "_orig";
  private static final String MASK = "_mask";

  /** Copies the collections. */
  StateDict {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    leftOut = List.copyOf(leftOut);
    opaque = List.copyOf(opaque);
  }

  /** What a dictionary has of tensors; other values do not count. */
  static StateDict of(String key, Map<?, ?> dictionary) {
    Map<String, PyTorchTensor> named = new LinkedHashMap<>();
    List<String> opaque = new ArrayList<>();
    dictionary.forEach(
        (name, value) -> {
          if (name instanceof String text && value instanceof PyTorchTensor tensor) {
            named.put(text, tensor);
          } else if (name instanceof String text && value instanceof PyTorchOpaque other) {
            opaque.add(text + " (" + other.kind() + ")");
          }
        });
    return new Sorting(named).sorted(key, opaque);
  }

  /** Tells parameters, masks and constants apart. */
  private static final class Sorting {

    private final Map<String, PyTorchTensor> named;
    private final String prefix;
    private final Map<String, PyTorchTensor> tensors = new LinkedHashMap<>();
    private final Map<String, PyTorchTensor> masks = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    Sorting(Map<String, PyTorchTensor> named) {
      this.named = named;
      this.prefix = prefix(named);
    }

    StateDict sorted(String key, List<String> opaque) {
      named.forEach((name, tensor) -> place(stripped(name, prefix), tensor));
      return new StateDict(key, prefix, tensors, masks, leftOut, opaque);
    }

    private void place(String name, PyTorchTensor tensor) {
      String pruned = base(name);
      if (named.containsKey(prefix + pruned + ORIGINAL) && named.containsKey(prefix + pruned + MASK)) {
        (name.endsWith(MASK) ? masks : tensors).put(pruned, tensor);
      } else if (ReferenceConstants.isSelection(name)) {
        leftOut.add(name);
      } else {
        tensors.put(name, tensor);
      }
    }

    private static String base(String name) {
      for (String suffix : List.of(ORIGINAL, MASK)) {
        if (name.endsWith(suffix)) {
          return name.substring(0, name.length() - suffix.length());
        }
      }
      return name;
    }

    /** Wrappers stand before all names, save that a normalisation may stand beside the wrapped network. */
    private static String prefix(Map<String, PyTorchTensor> named) {
      List<String> inner = named.keySet().stream().filter(name -> !name.startsWith(NORMALIZATION)).toList();
      String prefix = "";
      for (int wrapper = 0; wrapper < MOST_WRAPPERS; wrapper++) {
        prefix = next(inner, prefix);
      }
      return prefix;
    }

    private static String next(List<String> names, String prefix) {
      for (String wrapper : PREFIXES) {
        String longer = prefix + wrapper;
        if (!names.isEmpty() && names.stream().allMatch(name -> name.startsWith(longer))) {
          return longer;
        }
      }
      return prefix;
    }
  }

  /** A name without the wrapper's. */
  static String stripped(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** The shapes of the tensors. */
  Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  /** How many tensors of a network it has, in its shapes. */
  long fitting(Map<String, Shape> network) {
    return tensors.entrySet().stream().filter(tensor -> tensor.getValue().shape().equals(network.get(tensor.getKey()))).count();
  }
}
