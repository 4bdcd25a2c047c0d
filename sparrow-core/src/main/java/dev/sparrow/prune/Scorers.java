package dev.sparrow.prune;

import dev.sparrow.config.ScorerKind;

/** The scorers by name. */
final class Scorers {

  private Scorers() {}

  /**
   * The scorer of a kind.
   *
   * @param kind its name
   * @return the scorer, stateless
   */
  public static Scorer of(ScorerKind kind) {
    return switch (kind) {
      case RANDOM -> new RandomScorer();
      case MAGNITUDE -> new MagnitudeScorer();
      case SNIP -> new SnipScorer();
      case GRASP -> new GraspScorer();
      case SYNFLOW -> new SynflowScorer();
      case TAYLOR -> new TaylorScorer();
    };
  }
}
