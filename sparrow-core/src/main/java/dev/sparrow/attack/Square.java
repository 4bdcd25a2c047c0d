package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.loss.Margin;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Square Attack (Andriushchenko et al., 2020) as part of AutoAttack: a black-box random search. Each query changes one square of the best
 * image so far, and the result stays if the margin of the label's logit shrinks. It asks for no gradient, so a network that hides its
 * gradients does not hide from it.
 *
 * <p>One {@link #advance} is one query is one forward pass. The start is a query too and, as in the authors' code, comes on top of
 * {@code queries}. Squares shrink by {@linkplain SquareSchedule the absolute number of queries}.
 *
 * <p>Differs from the authors' code, where all images of a batch get the same squares: here each image has random numbers of its own, so
 * that the result does not depend on the batch.
 *
 * @param threatModel norm and radius
 * @param queries at least 1; AutoAttack has {@link #STANDARD_QUERIES}
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Square(ThreatModel threatModel, int queries) implements RepeatedSearch {

  /** The number of queries of AutoAttack. */
  public static final int STANDARD_QUERIES = 5000;

  /** [N, 3, H, W]: the image of the smallest margin. */
  private static final String BEST = "best";

  /** [N]: how far another class is above the label at {@link #BEST}; negative infinity before the first query. */
  private static final String LOSS = "loss";

  /** [N] int64: queries made, with the start. */
  private static final String QUERIES = "queries";

  /** Checks the number of queries. */
  public Square {
    if (queries < 1) {
      throw BadInput.usage("queries of Square", "a whole number of at least 1", queries);
    }
  }

  /** {@code square}. */
  @Override
  public String name() {
    return "square";
  }

  /** It sees logits alone. */
  @Override
  public boolean usesGradients() {
    return false;
  }

  /** One: without restarts. */
  @Override
  public int attempts(Classifier model) {
    return 1;
  }

  @Override
  public void start(Classifier model, TensorTable rows, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor image = rows.get(IMAGE);
      rows.put(BEST, image);
      rows.put(LOSS, Arithmetic.fillInPlace(BlankTensors.zeros(image.scalar_type(), image.device(), rows.rows()), Double.NEGATIVE_INFINITY));
      rows.put(QUERIES, BlankTensors.zerosLike(rows.get(ID)));
    }
  }

  @Override
  public void iterate(Classifier model, TensorTable table, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor candidates = candidates(table, seed);
      Tensor logits = Verification.logits(model, this, candidates);
      Tensor loss = Margin.INSTANCE.perImage(logits, table.get(LABEL));
      Tensor better = loss.gt(table.get(LOSS));
      table.overwrite(BEST, better, candidates);
      table.overwrite(LOSS, better, loss);
      Search.found(table, Arithmetic.argmax(logits).ne(table.get(LABEL)), candidates);
      table.put(QUERIES, Arithmetic.plus(table.get(QUERIES), 1));
      table.put(OVER, Arithmetic.atLeast(table.get(QUERIES), queries + 1));
    }
  }

  private Tensor candidates(TensorTable table, Seed seed) {
    long[] ids = Tensors.toLongs(table.get(ID));
    long[] made = Tensors.toLongs(table.get(QUERIES));
    SplittableRandom[] randoms = new SplittableRandom[ids.length];
    Arrays.setAll(randoms, row -> new SplittableRandom(seed.derive(name(), ids[row], made[row]).value()));
    return squares().candidates(table.get(IMAGE), table.get(BEST), made, randoms);
  }

  private Squares squares() {
    double eps = threatModel.eps().value();
    return switch (threatModel.norm()) {
      case LINF -> new LinfSquares(eps);
      case L2 -> new L2Squares(eps);
    };
  }
}
