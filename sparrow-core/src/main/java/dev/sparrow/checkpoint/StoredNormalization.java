package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The constants of normalisation that the reference keeps among a network's tensors. */
final class StoredNormalization {

  static final String MEAN = "normalize.mean";
  static final String STD = "normalize.std";
  private static final List<String> NAMES = List.of(MEAN, STD);

  private StoredNormalization() {}

  /** Whether both are there. */
  static boolean isAmong(Collection<String> names) {
    return names.containsAll(NAMES);
  }

  /** The names that are the network's. */
  static List<String> without(Collection<String> names) {
    return names.stream().filter(name -> !isAmong(names) || !NAMES.contains(name)).toList();
  }

  static Normalization read(TensorSource tensors) throws IOException {
    return new Normalization(doubles(tensors, MEAN), doubles(tensors, STD));
  }

  /** Refuses a file that describes another normalisation than it has. */
  static void requireSame(TensorSource tensors, Normalization described, Path path) throws IOException {
    if (isAmong(tensors.names()) && !floats(read(tensors)).equals(floats(described))) {
      throw BadInput.data("normalisation", described + " as the file says", read(tensors), path);
    }
  }

  private static List<Float> floats(Normalization constants) {
    return Stream.concat(constants.mean().stream(), constants.std().stream()).map(Double::floatValue).toList();
  }

  private static List<Double> doubles(TensorSource tensors, String name) throws IOException {
    List<Double> values = new ArrayList<>();
    for (float value : WeightsFile.floats(tensors, name)) {
      values.add(Double.parseDouble(Float.toString(value))); // the shortest decimal: 0.4914f becomes 0.4914
    }
    return values;
  }
}
