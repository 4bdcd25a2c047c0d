package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.io.DType;
import dev.sparrow.io.TensorSource;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

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
   * Checks that they agree.
   *
   * @param file where the tensors are
   * @param names the names in the file that are meant
   * @param wanted kind by name
   * @param where the file's name for messages
   * @throws BadInput listing every missing, unexpected and mis-shaped name at once
   */
  static void check(TensorSource file, Collection<String> names, Map<String, Kind> wanted, Object where) {
    TreeSet<String> missing = new TreeSet<>(wanted.keySet());
    missing.removeAll(names);
    TreeSet<String> unexpected = new TreeSet<>(names);
    unexpected.removeAll(wanted.keySet());
    List<String> misfits = new ArrayList<>();
    wanted.forEach(
        (name, expected) -> {
          if (names.contains(name)) {
            Kind got = new Kind(file.dtype(name), file.shape(name));
            if (!expected.equals(got)) {
              misfits.add(name + " (expected " + expected + ", got " + got + ")");
            }
          }
        });
    if (!missing.isEmpty() || !unexpected.isEmpty() || !misfits.isEmpty()) {
      String got = "missing " + missing + ", unexpected " + unexpected + ", mis-shaped " + misfits;
      throw BadInput.data("weights", "the network's " + wanted.size() + " tensors", got, where);
    }
  }
}
