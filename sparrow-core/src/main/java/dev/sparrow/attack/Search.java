package dev.sparrow.attack;

import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.stream.LongStream;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * An attack that looks for one misclassified image of the ball and may stop an image when it has found one. All its state is a table with
 * one row per image, so whoever drives it may let images leave as soon as they are broken, let others join in their place, and store the
 * state in the middle.
 *
 * <p>Columns that every search has: {@link #ID}, {@link #IMAGE} and {@link #LABEL}, given by the driver, and {@link #ADVERSARIAL},
 * {@link #BROKEN} and {@link #DONE}, which {@link #begin} adds and {@link #advance} changes. All others are the search's own. Randomness is
 * derived from the seed, the image's id and the image's own progress alone: which other images are in the table plays no part.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Search extends Attack {

  /** [N] int64: the image's position in the evaluated set, which its random numbers are derived from. */
  String ID = "id";

  /** [N, 3, H, W] float32 in [0, 1]: the clean image. */
  String IMAGE = "image";

  /** [N] int64: the class that the classifier must not lose. */
  String LABEL = "label";

  /** [N, 3, H, W] float32: a misclassified image within the threat model where one was found, else the clean one. */
  String ADVERSARIAL = "adversarial";

  /** [N] bool: whether {@link #ADVERSARIAL} is misclassified. */
  String BROKEN = "broken";

  /** [N] bool: whether the search has come to its end for this image; broken images are done. */
  String DONE = "done";

  /**
   * Adds the columns of a fresh search. Expects images that are classified correctly; for others the search is as good as any.
   *
   * @param model the classifier under attack, in the mode of the caller's choice
   * @param table has the columns {@link #ID}, {@link #IMAGE} and {@link #LABEL}
   * @param seed root of the search's randomness
   */
  void begin(Classifier model, TensorTable table, Seed seed);

  /**
   * One iteration of every row: for most searches a forward pass and an input gradient. No row may be done.
   *
   * @param model the classifier under attack
   * @param table the state, changed
   * @param seed the same as at the beginning
   */
  void advance(Classifier model, TensorTable table, Seed seed);

  /**
   * A table to begin with.
   *
   * @param ids positions of the images in the evaluated set
   * @param images [N, 3, H, W] float32 in [0, 1], copied
   * @param labels [N] int64, copied
   * @return to be closed by the caller
   */
  static TensorTable table(long[] ids, Tensor images, Tensor labels) {
    TensorTable table = new TensorTable();
    try (TensorScope scope = TensorScope.open()) {
      table.put(ID, Tensors.toDevice(Tensors.ofLongs(ids, ids.length), images.device()));
      table.put(IMAGE, images);
      table.put(LABEL, labels);
    }
    return table;
  }

  /**
   * Marks rows as broken and keeps what broke them. A row that is broken already takes the newer image.
   *
   * @param table the state, changed
   * @param misclassified [N] bool: the rows that are broken by their image
   * @param images [N, 3, H, W], within the threat model; those of other rows play no part
   */
  static void found(TensorTable table, Tensor misclassified, Tensor images) {
    table.overwrite(ADVERSARIAL, misclassified, images);
    try (TensorScope scope = TensorScope.open()) {
      table.get(BROKEN).logical_or_(misclassified);
    }
  }

  /** Runs the search to its end for every image; broken images leave at once. */
  @Override
  default Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
    return TensorScope.tidy(
        () -> {
          Tensor adversarial = images.clone();
          Seed seed = rng.seed();
          try (TensorTable table = table(LongStream.range(0, images.size(0)).toArray(), images, labels)) {
            begin(model, table, seed);
            collect(table, adversarial);
            while (table.rows() > 0) {
              advance(model, table, seed);
              collect(table, adversarial);
            }
          }
          return adversarial;
        });
  }

  /** Lets the rows leave that are done, and takes what they found. */
  private static void collect(TensorTable table, Tensor adversarial) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor done = table.get(DONE).nonzero().flatten();
      if (done.size(0) > 0) {
        adversarial.index_copy_(0, table.get(ID).index_select(0, done), table.get(ADVERSARIAL).index_select(0, done));
        table.keep(table.get(DONE).logical_not().nonzero().flatten());
      }
    }
  }
}
