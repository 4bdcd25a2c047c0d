package dev.sparrow.data.corruption;

import java.util.List;

/** Falling flakes, and a scene that turns white. */
final class Snow implements Corruption {

  private static final double STEEPEST = -135;
  private static final double FLATTEST = -45;

  private static final Grades<Fall> FALL =
      new Grades<>(
          List.of(
              new Fall(0.1, 0.2, 1, 0.6, 8, 3, 0.95),
              new Fall(0.1, 0.2, 1, 0.5, 10, 4, 0.9),
              new Fall(0.15, 0.3, 1.75, 0.55, 10, 4, 0.9),
              new Fall(0.25, 0.3, 2.25, 0.6, 12, 6, 0.85),
              new Fall(0.3, 0.3, 1.25, 0.65, 14, 12, 0.8)),
          List.of(
              new Fall(0.1, 0.2, 1, 0.6, 8, 3, 0.8),
              new Fall(0.1, 0.2, 1, 0.5, 10, 4, 0.8),
              new Fall(0.15, 0.3, 1.75, 0.55, 10, 4, 0.7),
              new Fall(0.25, 0.3, 2.25, 0.6, 12, 6, 0.65),
              new Fall(0.3, 0.3, 1.25, 0.65, 14, 12, 0.6)));

  /**
   * How it snows.
   *
   * @param mean of the noise that flakes are made of
   * @param deviation of that noise
   * @param zoom size of a flake in pixels
   * @param threshold below which the noise is no flake
   * @param reach of the streak that a flake becomes, in pixels
   * @param sigma of that streak
   * @param clarity share of the scene that keeps its colours
   */
  private record Fall(double mean, double deviation, double zoom, double threshold, int reach, double sigma, double clarity) {}

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    Fall fall = FALL.at(severity, image.size());
    Field noise = Field.of(image.size(), (y, x) -> fall.mean() + fall.deviation() * draws.normal());
    Field flakes = Zoom.into(noise, fall.zoom()).map(value -> value < fall.threshold() ? 0 : Math.min(1, value));
    Field streaks = new Streak(fall.reach(), fall.sigma(), draws.uniform(STEEPEST, FLATTEST)).apply(flakes);
    Field grey = image.grey();
    int last = image.size() - 1;
    Field fallen = Field.of(image.size(), (y, x) -> streaks.at(y, x) + streaks.at(last - y, last - x));
    return image
        .each(channel -> Field.of(image.size(), (y, x) -> whitened(channel.at(y, x), grey.at(y, x), fall) + fallen.at(y, x)))
        .clipped();
  }

  private static double whitened(double value, double grey, Fall fall) {
    return fall.clarity() * value + (1 - fall.clarity()) * Math.max(value, 1.5 * grey + 0.5);
  }
}
