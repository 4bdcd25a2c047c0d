package dev.sparrow.analysis;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Moves a network's weights about in a plane; closing puts every bit of them back. Holds a copy of the weights outside of every scope. */
final class WeightShift implements AutoCloseable {

  private final NamedTensors weights;
  private final NamedTensors first;
  private final NamedTensors second;
  private final NamedTensors origin;

  /**
   * A shift of nothing.
   *
   * @param weights to be moved in place, borrowed
   * @param first a direction by the names of the weights, borrowed
   * @param second another
   */
  WeightShift(NamedTensors weights, NamedTensors first, NamedTensors second) {
    this.weights = weights;
    this.first = first;
    this.second = second;
    this.origin = weights.map((name, weight) -> TensorScope.own(() -> weight.detach().clone()));
  }

  /** Moves to the origin plus multiples of the directions. */
  void to(double along, double across) {
    try (var guard = Tensors.noGrad();
        TensorScope scope = TensorScope.open()) {
      weights.forEach(
          (name, weight) -> {
            Tensor moved = origin.get(name).clone();
            Arithmetic.addInPlace(moved, first.get(name), along);
            Arithmetic.addInPlace(moved, second.get(name), across);
            weight.copy_(moved);
          });
    }
  }

  @Override
  public void close() {
    try (var guard = Tensors.noGrad();
        TensorScope scope = TensorScope.open()) {
      weights.forEach((name, weight) -> weight.copy_(origin.get(name)));
    }
    origin.release();
  }
}
