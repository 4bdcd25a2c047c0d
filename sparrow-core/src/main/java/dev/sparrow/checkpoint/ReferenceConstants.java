package dev.sparrow.checkpoint;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.config.Arch;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.DType;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the reference's network classes have in their {@code state_dict} beside parameters and running statistics: their normalisation, or,
 * in the post-activation network, which does not normalise, one per channel where it could leave out channels.
 */
public final class ReferenceConstants {

  private static final String SELECTION = "select.indexes";
  private static final String STEM = "conv1.weight";

  private ReferenceConstants() {}

  /** Whether a tensor is one of the ones that pass every channel on. */
  static boolean isSelection(String name) {
    return name.equals(SELECTION) || name.endsWith("." + SELECTION);
  }

  /** The names that are the network's own. */
  static List<String> without(Collection<String> names) {
    return StoredNormalization.without(names).stream().filter(name -> !isSelection(name)).toList();
  }

  /**
   * The constants without which the reference's class refuses a {@code state_dict}.
   *
   * @param info of the network; says which class it is
   * @param blueprint of the same network, or of one with fewer channels
   * @return by name; never empty
   */
  public static Map<String, TensorData> of(ModelInfo info, Blueprint blueprint) {
    return info.network().arch() == Arch.RESNET18_POST ? selections(blueprint) : normalization(info.normalization());
  }

  private static Map<String, TensorData> normalization(Normalization normalization) {
    Map<String, TensorData> constants = new LinkedHashMap<>();
    constants.put(StoredNormalization.MEAN, floats(normalization.mean()));
    constants.put(StoredNormalization.STD, floats(normalization.std()));
    return constants;
  }

  /** One for every channel of the stem's result, and of what each block takes. */
  private static Map<String, TensorData> selections(Blueprint blueprint) {
    Map<String, TensorData> constants = new LinkedHashMap<>();
    blueprint
        .parameters()
        .forEach(
            (name, shape) -> {
              if (name.equals(STEM)) {
                constants.put(SELECTION, ones(shape.dim(0)));
              } else if (name.endsWith("." + STEM)) {
                constants.put(name.substring(0, name.length() - STEM.length()) + SELECTION, ones(shape.dim(1)));
              }
            });
    return constants;
  }

  private static TensorData ones(int count) {
    return floats(Collections.nCopies(count, 1.));
  }

  private static TensorData floats(List<Double> values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(value -> bytes.putFloat(value.floatValue()));
    return new TensorData(DType.F32, Shape.of(values.size()), bytes.flip());
  }
}
