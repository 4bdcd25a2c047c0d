package dev.sparrow.data.corruption;

import java.util.List;

/** The value of every pixel in the HSV colour space, its strongest colour, is raised; hue and saturation stay. */
final class Brightness implements Corruption {

  private static final Grades<Double> RISE = new Grades<>(List.of(0.05, 0.1, 0.15, 0.2, 0.3), List.of(0.1, 0.2, 0.3, 0.4, 0.5));

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    double rise = RISE.at(severity, image.size());
    Field strongest = image.strongest();
    return image.each(channel -> Field.of(image.size(), (y, x) -> raised(channel.at(y, x), strongest.at(y, x), rise)));
  }

  /** At constant hue and saturation the three colours keep their ratios; black has neither and becomes grey. */
  private static double raised(double value, double strongest, double rise) {
    double target = Math.min(1, strongest + rise);
    return strongest == 0 ? target : target * (value / strongest);
  }
}
