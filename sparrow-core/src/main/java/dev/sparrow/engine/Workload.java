package dev.sparrow.engine;

import dev.sparrow.config.Objective;
import dev.sparrow.config.RunConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a network is going to be used for, as far as it matters for the choice of an engine.
 *
 * @param passes about how many passes will be taken; few are not worth measuring engines
 * @param differentiated whether most passes go back too
 * @param journal a file that keeps what was chosen, so that a resumed run computes with the same engines; empty if nothing resumes
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Workload(long passes, boolean differentiated, Optional<Path> journal) {

  /** Too little to measure anything for. */
  public static final Workload SMALL = new Workload(0, true, Optional.empty());

  /** As much as a training: for benchmarks, which time a few of its steps. */
  public static final Workload TRAINING = new Workload(Long.MAX_VALUE, true, Optional.empty());

  /** Measuring takes some dozen passes. */
  private static final long WORTH_MEASURING = 1000;

  /**
   * A training run.
   *
   * @param config the run
   * @param iterationsPerEpoch its optimizer steps per epoch
   * @param journal where it keeps what was chosen
   * @return passes of the attack and of the steps themselves
   */
  public static Workload training(RunConfig config, int iterationsPerEpoch, Path journal) {
    int attack = config.objective() == Objective.PGD ? config.trainAttack().steps() : 1;
    return new Workload((long) config.epochs() * iterationsPerEpoch * (attack + 1), true, Optional.of(journal));
  }

  /**
   * An evaluation.
   *
   * @param batches number of batches
   * @param attackSteps steps of all attacks together
   * @return one pass per batch and one per step of an attack
   */
  public static Workload evaluation(long batches, long attackSteps) {
    return new Workload(batches * (1 + attackSteps), attackSteps > 0, Optional.empty());
  }

  boolean isWorthMeasuring() {
    return passes >= WORTH_MEASURING;
  }
}
