package dev.sparrow.attack;

import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.loss.Dlr;
import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.TensorTable;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/** What a search climbs: away from the label, or towards one class after another. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Aim {

  /** Away from the label along the cross-entropy. */
  Aim CROSS_ENTROPY = new AwayFromLabel("ce", CrossEntropy.INSTANCE, 2);

  /** Away from the label along the difference of logits ratio; at least {@link Dlr#FEWEST_CLASSES} classes. */
  Aim DLR = new AwayFromLabel("dlr", Dlr.INSTANCE, Dlr.FEWEST_CLASSES);

  /**
   * Towards the classes that follow the label in the ranking of the clean logits, one after another, along the targeted difference of
   * logits ratio.
   *
   * @param classes number of classes, at least 1; all others where the network has fewer. AutoAttack has 9
   * @return the aim; the network needs at least {@link dev.sparrow.loss.TargetedDlr#FEWEST_CLASSES} classes
   */
  static Aim towards(int classes) {
    return new TowardsClasses(classes);
  }

  /**
   * What the name of a search with this aim ends in.
   *
   * @return for example {@code ce}
   */
  String label();

  /**
   * The fewest classes with which the loss is defined and every round has a class to aim at.
   *
   * @return at least 2
   */
  int classesNeeded();

  /**
   * The number of rounds after which every class that is aimed at has been.
   *
   * @param model the classifier under attack
   * @return at least 1
   */
  int rounds(Classifier model);

  /**
   * Puts the columns that {@link #loss} needs.
   *
   * @param model the classifier under attack
   * @param rows the columns of {@link Search}, changed
   * @param round [N] int64 from 0, the round that each row is in
   */
  void choose(Classifier model, TensorTable rows, Tensor round);

  /**
   * What the rows climb.
   *
   * @param rows borrowed by the loss
   * @return the loss, valid until the rows change
   */
  Loss loss(TensorTable rows);
}
