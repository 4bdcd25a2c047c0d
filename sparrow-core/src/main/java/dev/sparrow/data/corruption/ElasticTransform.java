package dev.sparrow.data.corruption;

import java.util.List;

/**
 * The image as on rubber (Simard, Steinkraus and Platt, 2003): a random affine map, then every pixel moved by smooth noise. All lengths are
 * fractions of the image's side.
 */
final class ElasticTransform implements Corruption {

  /** Where the noise's smoothing kernel is cut off. */
  private static final double DEVIATIONS = 3;

  private static final Grades<Rubber> RUBBER =
      new Grades<>(
          List.of(
              new Rubber(0, 0, 0.08),
              new Rubber(0.05, 0.2, 0.07),
              new Rubber(0.08, 0.06, 0.06),
              new Rubber(0.1, 0.04, 0.05),
              new Rubber(0.1, 0.03, 0.03)),
          List.of(
              new Rubber(0, 0, 0.08),
              new Rubber(0.05, 0.3, 0.06),
              new Rubber(0.1, 0.08, 0.06),
              new Rubber(0.1, 0.03, 0.03),
              new Rubber(0.16, 0.03, 0.02)));

  /**
   * How the rubber is pulled.
   *
   * @param shift largest move of a pixel by noise that is not smoothed
   * @param sigma how smooth the noise is
   * @param corner largest move of the affine map's three points
   */
  private record Rubber(double shift, double sigma, double corner) {}

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    int size = image.size();
    Rubber rubber = RUBBER.at(severity, size);
    AffineMap map = AffineMap.draw(size, size * rubber.corner(), draws);
    Field down = moves(size, rubber, draws);
    Field right = moves(size, rubber, draws);
    return image
        .each(channel -> map.warped(channel))
        .each(channel -> Field.of(size, (y, x) -> channel.between(y + down.at(y, x), x + right.at(y, x), Border.MIRROR)))
        .clipped();
  }

  private static Field moves(int size, Rubber rubber, Draws draws) {
    Field noise = Field.of(size, (y, x) -> draws.uniform(-1, 1));
    Field smooth = GaussianFilter.truncated(size * rubber.sigma(), DEVIATIONS, Border.MIRROR).apply(noise);
    return smooth.map(value -> size * rubber.shift() * value);
  }
}
