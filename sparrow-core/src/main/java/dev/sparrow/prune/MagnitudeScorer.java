package dev.sparrow.prune;

import dev.sparrow.tensor.NamedTensors;

/** The magnitude |w|: at initialisation what the literature calls one-shot magnitude pruning. */
final class MagnitudeScorer implements Scorer {

  @Override
  public boolean needsImages() {
    return false;
  }

  @Override
  public NamedTensors scores(Subject subject) {
    return subject.weights().map((name, weight) -> weight.abs());
  }
}
