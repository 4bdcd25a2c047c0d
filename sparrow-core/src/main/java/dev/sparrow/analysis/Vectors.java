package dev.sparrow.analysis;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Named tensors of equal names and shapes as vectors of one space. Sums are taken in double precision. */
final class Vectors {

  private Vectors() {}

  /** The inner product. */
  static double dot(NamedTensors first, NamedTensors second) {
    double sum = 0;
    for (String name : first.names()) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor product = first.get(name).to(ScalarType.Double).mul(second.get(name).to(ScalarType.Double));
        sum += Tensors.item(product.sum());
      }
    }
    return sum;
  }

  /** The Euclidean length. */
  static double length(NamedTensors vector) {
    return Math.sqrt(dot(vector, vector));
  }

  /** Adds a multiple of another vector in place. */
  static void add(NamedTensors vector, NamedTensors direction, double multiple) {
    vector.forEach((name, tensor) -> Arithmetic.addInPlace(tensor, direction.get(name), multiple));
  }

  /** Multiplies by a number in place. */
  static void scale(NamedTensors vector, double factor) {
    vector.forEach((name, tensor) -> Arithmetic.scaleInPlace(tensor, factor));
  }

  /** Sets what is inactive to zero, in place; tensors without a mask are left alone. */
  static void restrict(NamedTensors vector, NamedTensors masks) {
    vector.forEach(
        (name, tensor) -> {
          if (masks.names().contains(name)) {
            tensor.mul_(masks.get(name));
          }
        });
  }
}
