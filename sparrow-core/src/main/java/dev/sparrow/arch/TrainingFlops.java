package dev.sparrow.arch;

import org.apiguardian.api.API;


/**
 * Floating-point operations of a training run, counted three ways; see {@link TrainingUnits} for the cost of an image and
 * {@link InferenceCost} for what counts. Evaluation is not training and is left out.
 *
 * <p>Differs from the paper: its absolute numbers are in another unit; ratios compare.
 *
 * @param dense the paper's count for the dense network
 * @param paper the paper's count: every image at the run's final density
 * @param honest attacks without weight gradients, and the density of each stretch of training for that stretch,
 *     with the search for a ticket
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TrainingFlops(double dense, double paper, double honest) {

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
   * Adds a search for a ticket that came before, such as Robust Bird's first stage. Only the honest count grows: the paper's
   * formula has the adversarial training alone.
   *
   * @param honestSearch the search's own honest count
   * @return the counts with it
   */
  public TrainingFlops afterSearch(double honestSearch) {
    return new TrainingFlops(dense, paper, honest + honestSearch);
  }
}
