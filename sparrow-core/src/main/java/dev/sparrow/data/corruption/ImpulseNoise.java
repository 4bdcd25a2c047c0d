package dev.sparrow.data.corruption;

import java.util.List;

/** Salt and pepper: a share of the values, each on its own, becomes 0 or 1 with equal chances. */
final class ImpulseNoise implements Corruption {

  private static final Grades<Double> SHARE = new Grades<>(List.of(0.01, 0.02, 0.03, 0.05, 0.07), List.of(0.01, 0.02, 0.05, 0.08, 0.14));

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    double share = SHARE.at(severity, image.size());
    return image.map(value -> draws.chance(share) ? draws.whole(0, 2) : value);
  }
}
