package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.units.Seed;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A search made of attempts: target classes one after another, restarts, or both. A row that is not broken when its attempt is over begins
 * the next one; it is done when it is broken, or when its last attempt is over. Rows are in different attempts at the same time.
 *
 * <p>An implementation starts attempts and iterates them. Which row is in which attempt, and which rows are done, is kept here.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface RepeatedSearch extends Search {

  /** [N] int64: the row's attempt, from 0. Changed by this interface alone. */
  String ATTEMPT = "attempt";

  /** [N] bool: whether the row's attempt has come to its end. Of no meaning for broken rows. */
  String OVER = "over";

  /**
   * The number of attempts that an image gets if none of them breaks it.
   *
   * @param model the classifier under attack, whose number of classes may limit that of the targets
   * @return at least 1
   */
  int attempts(Classifier model);

  /**
   * Starts an attempt of every row: puts all columns that the search has of its own. It may mark rows with {@link Search#found} or set
   * {@link #OVER}, as {@link #iterate} does.
   *
   * @param model the classifier under attack
   * @param rows the columns of {@link Search}, {@link #ATTEMPT}, which differs from row to row, and {@link #OVER}, false everywhere; after
   *     the first attempt the search's own too, with what they held at the end of the attempt before
   * @param seed the same as at the beginning; random numbers are derived from it by the row's id and its attempt
   */
  void start(Classifier model, TensorTable rows, Seed seed);

  /**
   * One iteration of every row's attempt. Marks rows with {@link Search#found} and sets {@link #OVER} where it was the attempt's last.
   *
   * @param model the classifier under attack
   * @param table the state, changed
   * @param seed the same as at the beginning
   */
  void iterate(Classifier model, TensorTable table, Seed seed);

  @Override
  default void begin(Classifier model, TensorTable table, Seed seed) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor no = BlankTensors.zeros(ScalarType.Bool, table.get(IMAGE).device(), table.rows());
      table.put(ADVERSARIAL, table.get(IMAGE));
      table.put(BROKEN, no);
      table.put(DONE, no);
      table.put(OVER, no);
      table.put(ATTEMPT, BlankTensors.zerosLike(table.get(ID)));
    }
    start(model, table, seed);
    moveOn(model, table, seed);
  }

  @Override
  default void advance(Classifier model, TensorTable table, Seed seed) {
    iterate(model, table, seed);
    moveOn(model, table, seed);
  }

  /** Says which rows are done, and starts the next attempt of the others whose attempt is over: again if that one is over at once. */
  private void moveOn(Classifier model, TensorTable table, Seed seed) {
    while (true) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor last = Arithmetic.atLeast(table.get(ATTEMPT), attempts(model) - 1);
        Tensor done = table.get(OVER).logical_and(last).logical_or_(table.get(BROKEN));
        table.put(DONE, done);
        Tensor next = table.get(OVER).logical_and(done.logical_not()).nonzero().flatten();
        if (next.size(0) == 0) {
          return;
        }
        startNext(model, table, next, seed);
      }
    }
  }

  private void startNext(Classifier model, TensorTable table, Tensor next, Seed seed) {
    try (TensorTable rows = table.select(next)) {
      rows.put(ATTEMPT, Arithmetic.plus(rows.get(ATTEMPT), 1));
      Arithmetic.fillInPlace(rows.get(OVER), 0);
      start(model, rows, seed);
      table.overwrite(next, rows);
    }
  }
}
