package dev.sparrow.config;

import dev.sparrow.BadInput;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * The first stage of Robust Bird: a cheap dense training that ends when the mask it would be pruned to has settled; see "Sparsity Winning
 * Twice", section 3.2, and You et al., "Drawing Early-Bird Tickets" (ICLR 2020).
 *
 * @param pruning what the ticket is made of
 * @param objective how the stage trains
 * @param epochs its most epochs; the ticket is drawn then even if the mask has not settled
 * @param lr its initial learning rate, or the peak of {@link StageObjective#FAST}; that of the run, or the paper's 0.2, when empty
 * @param lrMilestones epochs at which its learning rate is divided by ten, ascending
 * @param window masks that are compared: the newest with the others
 * @param threshold largest normalised Hamming distance of masks that have settled, in [0, 1]; 0.08 unstructured and 0.1 channel when empty
 * @param rewindEpoch epochs after which the ticket's weights are taken, 0 for the initialisation; those of the stage's end when empty
 * @param pretrained where the weights of a first stage done elsewhere are: a run folder or a safetensors file; empty to train it
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record EarlyBirdConfig(
    TicketKind pruning,
    StageObjective objective,
    int epochs,
    OptionalDouble lr,
    List<Integer> lrMilestones,
    int window,
    OptionalDouble threshold,
    OptionalInt rewindEpoch,
    Optional<String> pretrained) {

  /** The paper's constants. */
  public static final EarlyBirdConfig DEFAULT =
      new EarlyBirdConfig(
          TicketKind.UNSTRUCTURED,
          StageObjective.SGD,
          200,
          OptionalDouble.empty(),
          List.of(50, 150),
          5,
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty());

  private static final double UNSTRUCTURED_THRESHOLD = 0.08;
  private static final double CHANNEL_THRESHOLD = 0.1;
  private static final double FAST_PEAK = 0.2;

  /** Checks the ranges. */
  public EarlyBirdConfig {
    lrMilestones = List.copyOf(lrMilestones);
    Check.atLeast("stage1-epochs", 1, epochs);
    lr.ifPresent(rate -> Check.positive("stage1-lr", rate));
    Check.ascending("stage1-lr-milestones", lrMilestones);
    Check.atLeast("ticket-window", 2, window);
    threshold.ifPresent(distance -> Check.within("ticket-threshold", 0, 1, distance));
    rewindEpoch.ifPresent(epoch -> Check.within("rewind-epoch", 0, epochs, epoch));
    if (rewindEpoch.isPresent() && pretrained.isPresent()) {
      throw BadInput.usage("--rewind-epoch", "none beside --stage1-pretrained, whose epochs are not there", rewindEpoch.getAsInt());
    }
  }

  /**
   * The learning rate in force.
   *
   * @param ofRun that of the run, which its second stage has
   * @return initial, or the peak of a cyclic schedule
   */
  public double effectiveLr(double ofRun) {
    return lr.orElse(objective == StageObjective.FAST ? FAST_PEAK : ofRun);
  }

  /**
   * The threshold in force.
   *
   * @return the configured one, or the reference's for the kind of ticket
   */
  public double effectiveThreshold() {
    return threshold.orElse(pruning == TicketKind.CHANNEL ? CHANNEL_THRESHOLD : UNSTRUCTURED_THRESHOLD);
  }
}
