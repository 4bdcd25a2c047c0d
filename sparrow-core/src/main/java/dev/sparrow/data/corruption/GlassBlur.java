package dev.sparrow.data.corruption;

import java.util.List;

/**
 * A pane of frosted glass: a blur, every pixel in turn replaced by one nearby, and the same blur again.
 *
 * <p>The published code reads as if two pixels changed places, but its arrays are views, so that one is only copied over the other. What it
 * does is done here.
 */
final class GlassBlur implements Corruption {

  private static final double DEVIATIONS = 4;

  private static final Grades<Glass> GLASS =
      new Grades<>(
          List.of(new Glass(0.05, 1, 1), new Glass(0.25, 1, 1), new Glass(0.4, 1, 1), new Glass(0.25, 1, 2), new Glass(0.4, 1, 2)),
          List.of(new Glass(0.1, 1, 1), new Glass(0.5, 1, 1), new Glass(0.6, 1, 2), new Glass(0.7, 2, 1), new Glass(0.9, 2, 2)));

  /**
   * How bad the glass is.
   *
   * @param sigma of the blur, in pixels
   * @param distance how far pixels move up or left; down or right it is one less
   * @param rounds how often
   */
  private record Glass(double sigma, int distance, int rounds) {}

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    Glass glass = GLASS.at(severity, image.size());
    GaussianFilter blur = GaussianFilter.truncated(glass.sigma(), DEVIATIONS, Border.NEAREST);
    int[] sources = shuffled(glass, image.size(), draws);
    return image.each(channel -> blur.apply(moved(blur.apply(channel), sources))).clipped();
  }

  private static Field moved(Field channel, int[] sources) {
    int size = channel.size();
    return Field.of(size, (y, x) -> channel.at(sources[y * size + x] / size, sources[y * size + x] % size));
  }

  /** Where each pixel comes from, from the lower right corner on; the uppermost rows and leftmost columns stay. */
  private static int[] shuffled(Glass glass, int size, Draws draws) {
    int[] sources = new int[size * size];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = i;
    }
    int distance = glass.distance();
    for (int round = 0; round < glass.rounds(); round++) {
      for (int y = size - distance; y > distance; y--) {
        for (int x = size - distance; x > distance; x--) {
          int right = draws.whole(-distance, distance);
          int down = draws.whole(-distance, distance);
          sources[y * size + x] = sources[(y + down) * size + x + right];
        }
      }
    }
    return sources;
  }
}
