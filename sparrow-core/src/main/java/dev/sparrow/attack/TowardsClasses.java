package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.loss.ClassOrder;
import dev.sparrow.loss.Loss;
import dev.sparrow.loss.TargetedDlr;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import org.bytedeco.pytorch.Tensor;

/**
 * Towards one class after another by their rank among the clean logits, the second largest first, along the targeted DLR.
 *
 * @param classes at most so many
 */
record TowardsClasses(int classes) implements Aim {

  /** Rank of the first target among the clean logits; the label of a correctly classified image has 1. */
  static final int FIRST_RANK = 2;

  /** [N] int64: the class that the row aims at. */
  private static final String TARGET = "target";

  TowardsClasses {
    if (classes < 1) {
      throw BadInput.usage("target classes", "a whole number of at least 1", classes);
    }
  }

  @Override
  public String label() {
    return "t";
  }

  @Override
  public int classesNeeded() {
    return Math.max(classes + 1, TargetedDlr.FEWEST_CLASSES);
  }

  /** One for each target. */
  @Override
  public int rounds(Classifier model) {
    return rounds(classes, model);
  }

  @Override
  public void choose(Classifier model, TensorTable rows, Tensor round) {
    try (TensorScope scope = TensorScope.open()) {
      rows.put(TARGET, order(model, rows.get(Search.IMAGE)).at(Arithmetic.plus(round, FIRST_RANK)));
    }
  }

  @Override
  public Loss loss(TensorTable rows) {
    return new TargetedDlr(rows.get(TARGET));
  }

  /** At most as many targets as there are classes besides the label. */
  static int rounds(int classes, Classifier model) {
    return Math.min(classes, model.numClasses() - 1);
  }

  /** The classes in the order of the logits of clean images. Costs a forward pass. */
  static ClassOrder order(Classifier model, Tensor images) {
    try (Pass clean = model.forward(images, Recording.NONE)) {
      return ClassOrder.of(clean.logits());
    }
  }
}
