package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam (Kingma and Ba, 2015) with its usual constants, one optimizer per row, each with its own number of steps. Its state is columns of
 * the table, so the methods must be called in a scope that releases what they make.
 *
 * @param table the state, changed
 */
record AdamRows(TensorTable table) {

  /** [N, ...]: moving mean of the gradients. */
  private static final String MEAN = "adam-mean";

  /** [N, ...]: moving mean of their squares. */
  private static final String SQUARE = "adam-square";

  /** [N] int64: steps taken. */
  private static final String STEPS = "adam-steps";

  private static final double MEAN_DECAY = 0.9;
  private static final double SQUARE_DECAY = 0.999;
  private static final double TINY = 1e-8;

  /** Puts the columns of optimizers that have taken no step. */
  void begin(Tensor variables) {
    table.put(MEAN, BlankTensors.zerosLike(variables));
    table.put(SQUARE, BlankTensors.zerosLike(variables));
    table.put(STEPS, BlankTensors.zerosLike(table.get(Search.ID)));
  }

  /** Takes note of gradients, and gives the way up per unit of the learning rate. */
  Tensor step(Tensor gradient) {
    table.put(STEPS, Arithmetic.plus(table.get(STEPS), 1));
    Tensor mean = table.get(MEAN).mul_(new Scalar(MEAN_DECAY));
    Arithmetic.addInPlace(mean, gradient, 1 - MEAN_DECAY);
    Tensor square = table.get(SQUARE).mul_(new Scalar(SQUARE_DECAY));
    Arithmetic.addInPlace(square, gradient.square(), 1 - SQUARE_DECAY);
    Tensor length = square.div(weightSoFar(SQUARE_DECAY, gradient)).sqrt_().add_(new Scalar(TINY));
    return mean.div(weightSoFar(MEAN_DECAY, gradient)).div_(length);
  }

  /** [N] bool: which rows have taken a number of steps. */
  Tensor finished(int steps) {
    return Arithmetic.atLeast(table.get(STEPS), steps);
  }

  /** What the weights of all gradients so far add up to, [N, 1, 1, 1]: less than 1, since the mean began at 0. */
  private Tensor weightSoFar(double decay, Tensor like) {
    long[] steps = Tensors.toLongs(table.get(STEPS));
    float[] weights = new float[steps.length];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = (float) (1 - Math.pow(decay, steps[row]));
    }
    return Tensors.toDevice(Tensors.ofFloats(weights, weights.length, 1, 1, 1), like.device());
  }
}
