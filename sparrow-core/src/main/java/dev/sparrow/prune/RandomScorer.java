package dev.sparrow.prune;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Rng;

/** Independent uniform scores in [0, 1). Each layer draws from a generator of its own, derived from the seed by its name. */
final class RandomScorer implements Scorer {

  @Override
  public boolean needsImages() {
    return false;
  }

  @Override
  public NamedTensors scores(Subject subject) {
    return subject.weights().map((name, weight) -> new Rng(subject.seed().derive("score." + name)).uniformLike(weight, 0, 1));
  }
}
