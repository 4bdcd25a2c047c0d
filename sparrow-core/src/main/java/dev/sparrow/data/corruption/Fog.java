package dev.sparrow.data.corruption;

import java.util.List;

/** A fractal cloud is added, and the whole darkened so that the brightest value stays what it was at most. */
final class Fog implements Corruption {

  private static final Grades<Cloud> CLOUD =
      new Grades<>(
          List.of(new Cloud(0.2, 3), new Cloud(0.5, 3), new Cloud(0.75, 2.5), new Cloud(1, 2), new Cloud(1.5, 1.75)),
          List.of(new Cloud(0.4, 3), new Cloud(0.7, 3), new Cloud(1, 2.5), new Cloud(1.5, 2), new Cloud(2, 1.75)));

  /**
   * A cloud.
   *
   * @param thickness its largest value
   * @param decay how much smoother it is in detail than in the large, see {@link Plasma}
   */
  private record Cloud(double thickness, double decay) {}

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    Cloud cloud = CLOUD.at(severity, image.size());
    Field plasma = new Plasma(image.size(), draws).field(cloud.decay());
    double brightest = image.strongest().max();
    double kept = brightest / (brightest + cloud.thickness());
    return image
        .each(channel -> Field.of(image.size(), (y, x) -> kept * (channel.at(y, x) + cloud.thickness() * plasma.at(y, x))))
        .clipped();
  }
}
