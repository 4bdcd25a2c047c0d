package dev.sparrow.attack;

import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.TensorTable;
import org.bytedeco.pytorch.Tensor;

/**
 * Away from the label, to whatever class is the easiest.
 *
 * @param label name of the loss in names of searches
 * @param loss what is climbed
 * @param classesNeeded the fewest classes with which the loss is defined
 */
record AwayFromLabel(String label, Loss loss, int classesNeeded) implements Aim {

  @Override
  public int rounds(Classifier model) {
    return 1;
  }

  @Override
  public void choose(Classifier model, TensorTable rows, Tensor round) {}

  @Override
  public Loss loss(TensorTable rows) {
    return loss;
  }
}
