package dev.sparrow.tensor;

import org.apiguardian.api.API;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Arithmetic whose libtorch form takes scalars and optionals. What ends in {@code InPlace} changes its first argument; every other result
 * is a fresh tensor of the caller's scope.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Arithmetic {

  private static final double EUCLIDEAN = 2;

  private Arithmetic() {}

  /**
   * Smallest and largest element.
   *
   * @param low the smallest; NaN if any element is
   * @param high the largest; NaN if any element is
   */
  public record Range(double low, double high) {

    /**
     * Whether every element lies in an interval.
     *
     * @param from smallest allowed value
     * @param to largest allowed value
     * @return false if any element is NaN
     */
    public boolean within(double from, double to) {
      return low >= from && high <= to;
    }

    /**
     * Whether every element is a finite number.
     *
     * @return false if any is NaN or infinite
     */
    public boolean isFinite() {
      return Double.isFinite(low) && Double.isFinite(high);
    }
  }

  /**
   * A tensor plus a number.
   *
   * @param tensor of a float type
   * @param number the number
   * @return the sum, with the tensor's type and layout
   */
  public static Tensor plus(Tensor tensor, double number) {
    return TensorScope.tidy(() -> tensor.add(new Scalar(number)));
  }

  /**
   * A tensor plus a whole number.
   *
   * @param tensor of a float or integer type
   * @param number the number
   * @return the sum, with the tensor's type and layout
   */
  public static Tensor plus(Tensor tensor, long number) {
    return TensorScope.tidy(() -> tensor.add(new Scalar(number)));
  }

  /**
   * Compares with a number.
   *
   * @param tensor any tensor
   * @param number the number
   * @return boolean of the same shape: where the element is not smaller
   */
  public static Tensor atLeast(Tensor tensor, double number) {
    return TensorScope.tidy(() -> tensor.ge(new Scalar(number)));
  }

  /**
   * Adds a multiple of another tensor.
   *
   * @param tensor changed
   * @param direction same shape
   * @param length the multiple
   */
  public static void addInPlace(Tensor tensor, Tensor direction, double length) {
    try (TensorScope scope = TensorScope.open()) {
      tensor.add_(direction, new Scalar(length));
    }
  }

  /**
   * Multiplies by a number.
   *
   * @param tensor changed
   * @param factor the number
   */
  public static void scaleInPlace(Tensor tensor, double factor) {
    try (TensorScope scope = TensorScope.open()) {
      tensor.mul_(new Scalar(factor));
    }
  }

  /**
   * Clamps element by element.
   *
   * @param tensor changed
   * @param low lower bounds, same shape
   * @param high upper bounds, same shape
   */
  public static void clampInPlace(Tensor tensor, Tensor low, Tensor high) {
    try (TensorScope scope = TensorScope.open()) {
      tensor.clamp_(new TensorOptional(low), new TensorOptional(high));
    }
  }

  /**
   * Clamps to a constant interval.
   *
   * @param tensor changed
   * @param low lower bound
   * @param high upper bound
   * @return the same tensor
   */
  public static Tensor clampInPlace(Tensor tensor, double low, double high) {
    try (TensorScope scope = TensorScope.open()) {
      tensor.clamp_(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high)));
    }
    return tensor;
  }

  /**
   * Sets every value.
   *
   * @param tensor changed
   * @param value the value
   * @return the same tensor
   */
  public static Tensor fillInPlace(Tensor tensor, double value) {
    try (TensorScope scope = TensorScope.open()) {
      tensor.fill_(new Scalar(value));
    }
    return tensor;
  }

  /**
   * Raises small elements.
   *
   * @param tensor changed
   * @param low the smallest value that stays
   */
  public static void clampMinInPlace(Tensor tensor, double low) {
    try (TensorScope scope = TensorScope.open()) {
      tensor.clamp_min_(new Scalar(low));
    }
  }

  /**
   * Adds a number to one column of each row.
   *
   * @param matrix [N, K], changed
   * @param columns [N] int64, the column of each row
   * @param number the number
   */
  public static void addToColumnsInPlace(Tensor matrix, Tensor columns, double number) {
    try (TensorScope scope = TensorScope.open()) {
      matrix.scatter_(1, columns.unsqueeze(1), new Scalar(number), "add");
    }
  }

  /**
   * The column of the largest element of each row.
   *
   * @param matrix [N, K]
   * @return [N] int64
   */
  public static Tensor argmax(Tensor matrix) {
    return TensorScope.tidy(() -> matrix.argmax(new LongOptional(1), false));
  }

  /**
   * The Euclidean length of each element of a batch.
   *
   * @param batch [N, C, H, W]
   * @return [N, 1, 1, 1], which broadcasts against the batch
   */
  public static Tensor lengths(Tensor batch) {
    return lengths(batch, EUCLIDEAN, 1, 2, 3);
  }

  /**
   * Lengths over some dimensions.
   *
   * @param tensor any floating-point tensor
   * @param order of the norm: 1, 2 or infinity
   * @param dims the dimensions that become 1
   * @return broadcasts against the tensor
   */
  public static Tensor lengths(Tensor tensor, double order, long... dims) {
    return TensorScope.tidy(() -> torch.linalg_vector_norm(tensor, new Scalar(order), dims, true, new ScalarTypeOptional()));
  }

  /**
   * Smallest and largest element in one pass. On a GPU this waits for the result.
   *
   * @param tensor at least one element
   * @return the range
   */
  public static Range range(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      T_TensorTensor_T both = tensor.aminmax();
      return new Range(Tensors.item(new Tensor(both.get0())), Tensors.item(new Tensor(both.get1())));
    }
  }

  /**
   * The largest magnitude in a tensor.
   *
   * @param tensor at least one element
   * @return NaN if any element is NaN
   */
  public static double maxAbs(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      return tensor.abs().max().item_float();
    }
  }
}
