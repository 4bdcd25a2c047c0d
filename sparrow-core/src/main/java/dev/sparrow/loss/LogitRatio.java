package dev.sparrow.loss;

import dev.sparrow.BadInput;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A difference of two logits in units of a difference of others, {@code (a z) / (b z + 1e-12)}: what the DLR losses are. It depends on
 * neither shift nor scale of the logits, so a network cannot make its gradients vanish by large logits.
 *
 * @param above [N, K], the coefficients a
 * @param below [N, K], the coefficients b
 */
record LogitRatio(Tensor above, Tensor below) {

  /** Keeps equal logits from dividing by zero. */
  private static final double SMALLEST = 1e-12;

  /** A ratio without any coefficients yet. */
  static LogitRatio like(Tensor logits) {
    return new LogitRatio(BlankTensors.zerosLike(logits), BlankTensors.zerosLike(logits));
  }

  /** Refuses logits of too few classes. */
  static void check(Loss loss, Tensor logits, int fewestClasses) {
    if (logits.size(1) < fewestClasses) {
      throw BadInput.usage("classes", "at least " + fewestClasses + " for the loss " + loss, logits.size(1));
    }
  }

  /** The ratio of each image, [N]. */
  static Tensor value(Tensor logits, Supplier<LogitRatio> ratio) {
    return TensorScope.tidy(() -> ratio.get().value(logits).squeeze(1));
  }

  /** The gradient by the logits, [N, K]: {@code (a - value b) / (b z + 1e-12)}. */
  static Tensor gradient(Tensor logits, Supplier<LogitRatio> ratio) {
    return TensorScope.tidy(() -> ratio.get().gradient(logits));
  }

  private Tensor value(Tensor logits) {
    return above.mul(logits).sum(1).unsqueeze(1).div_(denominator(logits));
  }

  private Tensor gradient(Tensor logits) {
    return above.sub(below.mul(value(logits))).div_(denominator(logits));
  }

  private Tensor denominator(Tensor logits) {
    return Arithmetic.plus(below.mul(logits).sum(1).unsqueeze(1), SMALLEST);
  }
}
