package dev.sparrow.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * Which weights are active at first, and how gradual pruning gets to its density.
 *
 * @param scorer what ranks the weights
 * @param scope among which weights they are ranked; when empty, per layer for random scores, globally for the others and for gradual
 *     pruning
 * @param batches training batches that scores are summed over, for the scorers that look at images
 * @param rounds rounds of scoring and pruning, from dense to the target density in geometric steps; one round is one-shot
 * @param allowCollapse whether a layer may be left without any active weight
 * @param gradualStart fraction of the training at which gradual pruning starts, in [0, 1)
 * @param gradualEnd fraction of the training at which it has reached its density, above the start, at most 1
 * @param ticket folder of a ticket whose masks and weights the training starts from; empty to start afresh
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record PruneConfig(
    ScorerKind scorer,
    Optional<PruneScope> scope,
    int batches,
    OptionalInt rounds,
    boolean allowCollapse,
    double gradualStart,
    double gradualEnd,
    Optional<String> ticket) {

  /** Random masks. */
  public static final PruneConfig DEFAULT =
      new PruneConfig(ScorerKind.RANDOM, Optional.empty(), 1, OptionalInt.empty(), false, 0, 0.75, Optional.empty());

  /** Checks the ranges. */
  public PruneConfig {
    Check.atLeast("score-batches", 1, batches);
    rounds.ifPresent(count -> Check.atLeast("score-rounds", 1, count));
    Check.within("gradual-start", 0, Math.nextDown(1.0), gradualStart);
    Check.within("gradual-end", Math.nextUp(gradualStart), 1, gradualEnd);
  }

  /**
   * The scope in force.
   *
   * @return the configured one, or the scorer's own
   */
  public PruneScope effectiveScope() {
    return scope.orElse(scorer == ScorerKind.RANDOM ? PruneScope.LAYER : PruneScope.GLOBAL);
  }

  /**
   * The rounds in force.
   *
   * @return the configured number, or the scorer's own: 100 for SynFlow (Tanaka et al., 2020), 1 for the others
   */
  public int effectiveRounds() {
    return rounds.orElse(scorer == ScorerKind.SYNFLOW ? 100 : 1);
  }
}
