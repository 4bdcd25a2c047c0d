package dev.sparrow.data.corruption;

import java.util.List;

/** Every value becomes a Poisson number of that mean: light that comes in countable parts. */
final class ShotNoise implements Corruption {

  /** Parts of light in a value of 1. */
  private static final Grades<Integer> PHOTONS = new Grades<>(List.of(500, 250, 100, 75, 50), List.of(250, 100, 50, 30, 15));

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    double photons = PHOTONS.at(severity, image.size());
    return image.map(value -> draws.poisson(value * photons) / photons).clipped();
  }
}
