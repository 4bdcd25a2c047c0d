package dev.sparrow.data.corruption;

import java.util.List;

/** Normal noise on every value, as from a sensor in the dark. */
final class GaussianNoise implements Corruption {

  private static final Grades<Double> DEVIATION =
      new Grades<>(List.of(0.04, 0.06, 0.08, 0.09, 0.10), List.of(0.04, 0.08, 0.12, 0.15, 0.18));

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    double deviation = DEVIATION.at(severity, image.size());
    return image.map(value -> value + deviation * draws.normal()).clipped();
  }
}
