package dev.sparrow.sparse;

import dev.sparrow.BadInput;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Masks and explored positions as the tensors of a {@link SparsityState}, and back. */
final class MaskTensors {

  private static final String MASK = "mask.";
  private static final String EXPLORED = "explored.";

  private MaskTensors() {}

  /** The masks under {@code mask.<parameter>} and the explored positions under {@code explored.<parameter>}, borrowed. */
  static NamedTensors of(MaskSet masks, MaskSet explored) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    masks.tensors().forEach((name, tensor) -> tensors.put(MASK + name, tensor));
    explored.tensors().forEach((name, tensor) -> tensors.put(EXPLORED + name, tensor));
    return new NamedTensors(tensors);
  }

  /** The prunable parameters, and of the others those that the tensors hold a mask of, in the order of the parameters. */
  static List<String> masked(NamedTensors tensors, NamedTensors parameters, List<String> prunable) {
    return parameters.names().stream().filter(name -> prunable.contains(name) || tensors.names().contains(MASK + name)).toList();
  }

  /** Copies of the masks, in the order and on the devices of the parameters. */
  static MaskSet masks(NamedTensors tensors, NamedTensors parameters, List<String> masked) {
    return read(MASK, tensors, parameters, masked);
  }

  /** Copies of the explored positions, in the order and on the devices of the parameters. */
  static MaskSet explored(NamedTensors tensors, NamedTensors parameters, List<String> masked) {
    return read(EXPLORED, tensors, parameters, masked);
  }

  /**
   * Checks that the tensors are the masks of a network, and names everything that is wrong.
   *
   * @param shapes shape by masked parameter
   * @param tensors what a state holds
   * @throws BadInput if a tensor is missing, unknown, of another shape or not boolean
   */
  static void check(Map<String, Shape> shapes, NamedTensors tensors) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> expected.put(MASK + name, shape));
    shapes.forEach((name, shape) -> expected.put(EXPLORED + name, shape));
    List<String> faults = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          if (!tensors.names().contains(name)) {
            faults.add("no " + name);
          } else {
            addFaults(faults, name, shape, tensors.get(name));
          }
        });
    tensors.names().stream().filter(name -> !expected.containsKey(name)).forEach(name -> faults.add("unknown " + name));
    if (!faults.isEmpty()) {
      throw BadInput.data("masks", "those of this network", String.join(", ", faults), "sparsity state");
    }
  }

  private static void addFaults(List<String> faults, String name, Shape expected, Tensor tensor) {
    if (!Tensors.isBoolean(tensor)) {
      faults.add(name + " not boolean");
    }
    Shape shape = Tensors.shapeOf(tensor);
    if (!shape.equals(expected)) {
      faults.add(name + " of shape " + shape + " instead of " + expected);
    }
  }

  private static MaskSet read(String prefix, NamedTensors tensors, NamedTensors parameters, List<String> masked) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      for (String name : masked) {
        masks.put(name, Mask.copyOf(Tensors.toDevice(tensors.get(prefix + name), parameters.get(name).device())));
      }
    }
    return new MaskSet(masks);
  }
}
