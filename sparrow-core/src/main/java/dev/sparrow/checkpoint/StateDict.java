package dev.sparrow.checkpoint;

import dev.sparrow.io.PyTorchTensor;
import dev.sparrow.units.Shape;
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
 */
record StateDict(String key, String prefix, Map<String, PyTorchTensor> tensors, Map<String, PyTorchTensor> masks) {

  private static final List<String> PREFIXES = List.of("module.", "model.");
  private static final String NORMALIZATION = "normalize.";

  /** Constants of the reference's post-activation network that pass every channel on. */
  private static final String SELECTION = "select.indexes";

  private static final String ORIGINAL = "_orig";
  private static final String MASK = "_mask";

  /** Copies the maps. */
  StateDict {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
  }

  /** What a dictionary has of tensors; other values do not count. */
  static StateDict of(String key, Map<?, ?> dictionary) {
    Map<String, PyTorchTensor> named = new LinkedHashMap<>();
    dictionary.forEach(
        (name, value) -> {
          if (name instanceof String text && value instanceof PyTorchTensor tensor) {
            named.put(text, tensor);
          }
        });
    String prefix = prefix(named);
    Map<String, PyTorchTensor> tensors = new LinkedHashMap<>();
    Map<String, PyTorchTensor> masks = new LinkedHashMap<>();
    named.forEach((name, tensor) -> place(stripped(name, prefix), tensor, named, prefix, tensors, masks));
    return new StateDict(key, prefix, tensors, masks);
  }

  private static void place(
      String name,
      PyTorchTensor tensor,
      Map<String, PyTorchTensor> named,
      String prefix,
      Map<String, PyTorchTensor> tensors,
      Map<String, PyTorchTensor> masks) {
    String pruned = base(name);
    if (named.containsKey(prefix + pruned + ORIGINAL) && named.containsKey(prefix + pruned + MASK)) {
      (name.endsWith(MASK) ? masks : tensors).put(pruned, tensor);
    } else if (!name.equals(SELECTION) && !name.endsWith("." + SELECTION)) {
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
    String prefix = "";
    for (boolean found = true; found; ) {
      found = false;
      for (String next : PREFIXES) {
        String longer = prefix + next;
        List<String> inner = named.keySet().stream().filter(name -> !name.startsWith(NORMALIZATION)).toList();
        if (!inner.isEmpty() && inner.stream().allMatch(name -> name.startsWith(longer))) {
          prefix = longer;
          found = true;
        }
      }
    }
    return prefix;
  }

  /** A name without the wrapper's. */
  static String stripped(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** How many tensors of a network it has, in its shapes. */
  long fitting(Map<String, Shape> network) {
    return tensors.entrySet().stream().filter(tensor -> tensor.getValue().shape().equals(network.get(tensor.getKey()))).count();
  }
}
