package dev.sparrow.engine;

import dev.sparrow.tensor.Tensors;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Arrays that values pass through on their way from tensors to the sparse engine: one of each length, used again and again. */
final class FloatArrays {

  private final Map<Integer, float[]> arrays = new HashMap<>();

  /** The values of a float32 tensor, row-major, valid until the next call with a tensor of as many elements. */
  float[] of(Tensor tensor) {
    float[] array = arrays.computeIfAbsent(Math.toIntExact(tensor.numel()), float[]::new);
    Tensors.copyFloats(tensor, array);
    return array;
  }
}
