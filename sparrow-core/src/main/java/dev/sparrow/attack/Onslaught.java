package dev.sparrow.attack;

import dev.sparrow.loss.Margin;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * Attacks on a batch one after another, each on the images alone that still stand. What counts of an image is the perturbed one with the
 * largest margin, which is a misclassified one if any was found.
 */
final class Onslaught implements AutoCloseable {

  private static final String IMAGE = "image";
  private static final String LABEL = "label";
  private static final String WORST = "worst";
  private static final String MARGIN = "margin";
  private static final String STANDS = "stands";

  private final Classifier model;
  private final TensorTable table = new TensorTable();

  /** Before any attack all images stand. */
  Onslaught(Classifier model, Tensor images, Tensor labels) {
    this.model = model;
    try (TensorScope scope = TensorScope.open()) {
      table.put(IMAGE, images);
      table.put(LABEL, labels);
      table.put(WORST, images);
      table.put(MARGIN, Arithmetic.fillInPlace(images.select(1, 0).select(1, 0).select(1, 0).clone(), Double.NEGATIVE_INFINITY));
      table.put(STANDS, labels.eq(labels));
    }
  }

  /** Attacks those that stand with an attack that is made for them, from their clean images; costs the attack and a forward pass. */
  void attack(Function<Tensor, Attack> attackOn, Rng rng, int number) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor standing = table.get(STANDS).nonzero().flatten();
      if (standing.size(0) == 0) {
        return;
      }
      try (TensorTable rows = table.select(standing);
          Rng own = rng.derive("attempt", number, Tensors.toLongs(standing))) {
        Tensor images = rows.get(IMAGE);
        judge(rows, attackOn.apply(images).perturb(model, images, rows.get(LABEL), own));
        table.overwrite(standing, rows);
      }
    }
  }

  /** A margin that is not a number counts as the largest, so that whoever checks the images notices. */
  private void judge(TensorTable rows, Tensor adversarial) {
    try (Pass pass = model.forward(adversarial, Recording.NONE)) {
      Tensor labels = rows.get(LABEL);
      Tensor margin = Margin.INSTANCE.perImage(pass.logits(), labels);
      Tensor worse = margin.le(rows.get(MARGIN)).logical_not();
      rows.overwrite(WORST, worse, adversarial);
      rows.overwrite(MARGIN, worse, margin);
      rows.put(STANDS, Arithmetic.argmax(pass.logits()).eq(labels));
    }
  }

  /** The images that count, [N, 3, H, W], fresh. */
  Tensor worst() {
    return table.get(WORST).clone();
  }

  @Override
  public void close() {
    table.close();
  }
}
