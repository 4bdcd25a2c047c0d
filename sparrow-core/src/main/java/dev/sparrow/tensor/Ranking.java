package dev.sparrow.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Finds the largest elements among several tensors at once. */
public final class Ranking {

  private Ranking() {}

  /**
   * Marks a number of largest elements, over all tensors together. Among equal elements the earlier ones win: first by the order of the
   * tensors, then by row-major position; so exactly as many are marked as were asked for.
   *
   * <p>Cost: linear in the number of elements, about 20 bytes of memory for each.
   *
   * @param values of one float type and on one device, none of them NaN
   * @param count from 1 to the number of all elements
   * @return boolean tensors of the same names and shapes, contiguous, owned by the caller's scope
   */
  public static NamedTensors largest(NamedTensors values, long count) {
    try (TensorScope scope = TensorScope.open()) {
      TensorVector flat = new TensorVector(values.asMap().values().stream().map(tensor -> tensor.reshape(-1)).toArray(Tensor[]::new));
      Tensor marked = markLargest(torch.cat(flat), count);
      long[] next = {0};
      return scope.keep(
          values.map(
              (name, tensor) -> {
                long start = next[0];
                next[0] += tensor.numel();
                return marked.narrow(0, start, tensor.numel()).view(Tensors.shape(tensor)).clone();
              }));
    }
  }

  private static Tensor markLargest(Tensor values, long count) {
    T_TensorTensor_T kth = values.kthvalue(values.numel() - count + 1);
    Tensor threshold = new Tensor(kth.get0());
    Tensor above = values.gt(threshold);
    Tensor ties = values.eq(threshold);
    long room = count - above.count_nonzero().item_long();
    Tensor early = ties.cumsum(0).le(new Scalar(room));
    return above.logical_or_(ties.logical_and_(early));
  }
}
