package dev.sparrow.loss;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The classes of each image in the order of their logits. Among equal logits the class of the larger number ranks first: the order of a
 * stable ascending sort, read from its end.
 */
public final class ClassOrder {

  private final Tensor ascending;

  private ClassOrder(Tensor ascending) {
    this.ascending = ascending;
  }

  /**
   * Sorts the classes.
   *
   * @param logits [N, K]
   * @return the order; its native memory belongs to the caller's scope
   */
  public static ClassOrder of(Tensor logits) {
    return new ClassOrder(logits.argsort(true, 1, false));
  }

  /**
   * The class at one rank.
   *
   * @param rank 1 for the largest logit, at most the number of classes
   * @return [N] int64, fresh, owned by the caller's scope
   */
  public Tensor at(long rank) {
    return TensorScope.tidy(() -> ascending.select(1, ascending.size(1) - rank).clone());
  }

  /**
   * The class at a rank of its own for each image.
   *
   * @param ranks [N] int64, each from 1 to the number of classes
   * @return [N] int64, fresh, owned by the caller's scope
   */
  public Tensor at(Tensor ranks) {
    return TensorScope.tidy(() -> ascending.gather(1, Arithmetic.plus(ranks.neg(), ascending.size(1)).unsqueeze(1)).squeeze(1));
  }

  /**
   * The class with the largest logit of all but one.
   *
   * @param labels [N] int64: the class that is left out
   * @return [N] int64, fresh, owned by the caller's scope
   */
  public Tensor firstBut(Tensor labels) {
    return TensorScope.tidy(
        () -> {
          Tensor first = at(1);
          return at(2).where(first.eq(labels), first);
        });
  }
}
