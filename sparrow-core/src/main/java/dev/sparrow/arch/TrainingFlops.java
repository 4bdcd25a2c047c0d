package dev.sparrow.arch;

import java.util.List;

/**
 * Floating-point operations of a training run, counted three ways; see {@link TrainingUnits} for the cost of an image and
 * {@link InferenceCost} for what counts. Evaluation is not training and is left out.
 *
 * <p>Differs from the paper: its absolute numbers are in another unit; ratios compare.
 *
 * @param dense the paper's count for the dense network
 * @param paper the paper's count: every image at the run's final density
 * @param honest attacks without weight gradients, and the density of each stretch of training for that stretch
 */
public record TrainingFlops(double dense, double paper, double honest) {

  /** Nothing trained yet. */
  public static final TrainingFlops NONE = new TrainingFlops(0, 0, 0);

  /**
   * Consecutive training images that met the same masks.
   *
   * @param images how many, counted once per epoch
   * @param activeMacs multiply-accumulates of a forward pass of one of them, from {@link InferenceCost#activeMacs}
   */
  public record Stretch(long images, double activeMacs) {}

  /**
   * Counts one stage of training with one objective.
   *
   * @param units cost of an image in forward passes
   * @param denseMacs multiply-accumulates of the dense network's forward pass, from {@link InferenceCost#macs}
   * @param stretches the stage in order; the last one has its final density
   * @return the counts; {@link #NONE} for no stretches
   */
  public static TrainingFlops of(TrainingUnits units, long denseMacs, List<Stretch> stretches) {
    if (stretches.isEmpty()) {
      return NONE;
    }
    double images = stretches.stream().mapToLong(Stretch::images).sum();
    double finalMacs = stretches.get(stretches.size() - 1).activeMacs();
    double integral = stretches.stream().mapToDouble(stretch -> stretch.images() * stretch.activeMacs()).sum();
    double paperUnit = (double) units.paper() * InferenceCost.FLOPS_PER_MAC;
    double honestUnit = (double) units.honest() * InferenceCost.FLOPS_PER_MAC;
    return new TrainingFlops(paperUnit * images * denseMacs, paperUnit * images * finalMacs, honestUnit * integral);
  }

  /**
   * Adds another stage, such as Robust Bird's search for a ticket.
   *
   * @param other its counts
   * @return the sums
   */
  public TrainingFlops plus(TrainingFlops other) {
    return new TrainingFlops(dense + other.dense, paper + other.paper, honest + other.honest);
  }
}
