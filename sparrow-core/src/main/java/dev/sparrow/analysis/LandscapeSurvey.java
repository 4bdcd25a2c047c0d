package dev.sparrow.analysis;

import dev.sparrow.attack.Attack;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures a {@link LossLandscape}. Costs an attack and two forward passes per point in the space of the weights, and a forward pass per
 * point around the images. The network's weights are afterwards what they were, bit for bit, also when it fails.
 *
 * @param model the network, borrowed
 * @param masks one per prunable weight, borrowed
 * @param attack what makes images adversarial
 * @param seed root of the directions and of the attack's randomness
 * @param grid how far and how finely
 * @param progress hears how many points are done
 */
public record LandscapeSurvey(Classifier model, MaskSet masks, Attack attack, Seed seed, Grid grid, EvaluationProgress progress) {

  /**
   * The points.
   *
   * @param radius largest step along a direction of the weights, in lengths of each filter
   * @param linePoints points of the line, odd
   * @param planePoints points of a plane on each axis, odd
   */
  public record Grid(double radius, int linePoints, int planePoints) {

    /** Number of points in the space of the weights. */
    int weightPoints() {
      return linePoints + planePoints * planePoints;
    }
  }

  /**
   * Measures.
   *
   * @param network where it comes from, for people
   * @param description of the images, for people
   * @param images the images
   * @return the landscape
   */
  public LossLandscape around(String network, String description, FixedImages images) {
    try (TensorScope scope = TensorScope.open()) {
      InputPlane plane = InputPlane.draw(images, images.attacked(model, attack, seed), attack.threatModel(), seed);
      LossPlane input = LossPlane.of(places(1, grid.planePoints()), (towards, aside) -> plane.at(towards, aside).loss(model));
      NamedTensors weights = model.parameters().select(model.prunableParameters());
      NamedTensors first = FilterDirections.draw(weights, masks.tensors(), seed, 0);
      NamedTensors second = FilterDirections.draw(weights, masks.tensors(), seed, 1);
      try (WeightShift shift = new WeightShift(weights, first, second)) {
        Counter points = new Counter(shift, images);
        LossLandscape.Line line = line(points);
        List<Double> adversarial = new ArrayList<>();
        LossPlane clean =
            LossPlane.of(
                places(grid.radius(), grid.planePoints()),
                (along, across) -> {
                  Losses losses = points.at(along, across);
                  adversarial.add(losses.adversarial());
                  return losses.clean();
                });
        return new LossLandscape(
            network, description, images.size(), attack.name(), line, clean, new LossPlane(clean.places(), rows(adversarial)), input);
      }
    }
  }

  private LossLandscape.Line line(Counter points) {
    List<Double> places = places(grid.radius(), grid.linePoints());
    List<Losses> losses = places.stream().map(along -> points.at(along, 0)).toList();
    return new LossLandscape.Line(
        places, losses.stream().map(Losses::clean).toList(), losses.stream().map(Losses::adversarial).toList());
  }

  private List<List<Double>> rows(List<Double> values) {
    int length = grid.planePoints();
    return IntStream.range(0, length).mapToObj(row -> values.subList(row * length, (row + 1) * length)).toList();
  }

  /** Equally far apart, 0 in the middle exactly. */
  private static List<Double> places(double radius, int points) {
    int middle = points / 2;
    return IntStream.range(0, points).mapToObj(i -> radius * (i - middle) / middle).toList();
  }

  private record Losses(double clean, double adversarial) {}

  /** Looks at points in the space of the weights, one after another. */
  private final class Counter {

    private final WeightShift shift;
    private final FixedImages images;
    private int done;

    Counter(WeightShift shift, FixedImages images) {
      this.shift = shift;
      this.images = images;
    }

    Losses at(double along, double across) {
      progress.images(done++, grid.weightPoints());
      shift.to(along, across);
      return new Losses(images.loss(model), images.attacked(model, attack, seed).loss(model));
    }
  }
}
