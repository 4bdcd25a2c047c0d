package dev.sparrow.arch;


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
   * Counts one stage of training with one objective.
   *
   * @param units cost of an image in forward passes
   * @param images images trained on, counted once per epoch
   * @param denseMacs multiply-accumulates of the dense network's forward pass, from {@link InferenceCost#macs}
   * @param finalMacs those of the network as it is at the end, from {@link InferenceCost#activeMacs}
   * @param macSum those of each image's forward pass when it was trained on, summed over all images
   * @return the counts
   */
  public static TrainingFlops of(TrainingUnits units, long images, double denseMacs, double finalMacs, double macSum) {
    double paperUnit = (double) units.paper() * InferenceCost.FLOPS_PER_MAC;
    double honestUnit = (double) units.honest() * InferenceCost.FLOPS_PER_MAC;
    return new TrainingFlops(paperUnit * images * denseMacs, paperUnit * images * finalMacs, honestUnit * macSum);
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
