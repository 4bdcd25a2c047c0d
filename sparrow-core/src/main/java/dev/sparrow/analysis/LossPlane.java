package dev.sparrow.analysis;

import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * A loss over a square of a plane.
 *
 * @param places coordinates on both axes, ascending
 * @param losses one list per place on the second axis, with one loss per place on the first
 */
record LossPlane(List<Double> places, List<List<Double>> losses) {

  /** Copies the lists. */
  public LossPlane {
    places = List.copyOf(places);
    losses = losses.stream().map(List::copyOf).toList();
  }

  /**
   * Measures a loss at every point.
   *
   * @param places coordinates on both axes, ascending
   * @param loss of a point: its coordinate on the first axis, then that on the second
   * @return the losses
   */
  static LossPlane of(List<Double> places, DoubleBinaryOperator loss) {
    return new LossPlane(
        places, places.stream().map(up -> places.stream().map(across -> loss.applyAsDouble(across, up)).toList()).toList());
  }
}
