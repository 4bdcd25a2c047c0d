package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Misfits;
import dev.sparrow.io.DType;
import dev.sparrow.io.TensorSource;
import dev.sparrow.units.Shape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds the names, types and shapes of tensors in a file against those that are wanted. */
final class TensorKeys {

  private TensorKeys() {}

  /** What a tensor is. */
  record Kind(DType dtype, Shape shape) {

    @Override
    public String toString() {
      return dtype + " [" + shape + "]";
    }
  }

  /**
   * Checks that tensors are those of a network, before memory is taken for it.
   *
   * @param file where the tensors are
   * @param names the names in the file that are meant
   * @param network the network
   * @param where the file's name for messages
   * @throws BadInput listing every missing, unexpected and mis-shaped name at once
   */
  static void check(TensorSource file, Collection<String> names, Blueprint network, Object where) {
    Map<String, Kind> wanted = new LinkedHashMap<>();
    network.tensors().forEach((name, shape) -> wanted.put(name, new Kind(shape.rank() == 0 ? DType.I64 : DType.F32, shape)));
    check(file, names, wanted, where);
  }

  /**
   * Checks that they agree.
   *
   * @param file where the tensors are
   * @param names the names in the file that are meant
   * @param wanted kind by name
   * @param where the file's name for messages
   * @throws BadInput listing every missing, unexpected and mis-shaped name at once
   */
  static void check(TensorSource file, Collection<String> names, Map<String, Kind> wanted, Object where) {
    Map<String, Kind> got = new LinkedHashMap<>();
    names.forEach(name -> got.put(name, new Kind(file.dtype(name), file.shape(name))));
    Misfits misfits = Misfits.of(wanted, got);
    if (misfits.count() > 0) {
      throw BadInput.data("weights", "the network's " + wanted.size() + " tensors", misfits, where);
    }
  }
}
