package dev.sparrow.data.corruption;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Ice on the lens: the image, darkened, plus a picture of frost. <b>Differs from CIFAR-10-C:</b> the published generator cuts its frost out
 * of six photographs, which are not part of Sparrow. Here a texture is drawn for every image: a film of ice of uneven thickness, a fractal,
 * with feathers of needles on it. The weights of image and frost are the published ones. Accuracies on this kind do not compare with
 * published ones.
 */
final class Frost implements Corruption {

  private static final int FEATHERS = 5;

  /** Of the film: how much smoother it is in detail than in the large. */
  private static final double DECAY = 1.7;

  /** Brightness of the thinnest film, what the thickest adds, and what a needle adds. */
  private static final double THINNEST = 0.3;

  private static final double THICKNESS = 0.5;
  private static final double NEEDLE = 0.4;

  /** Ice is bluish where it is thin and white where it is thick. */
  private static final double[] EXPONENTS = {1.25, 1.1, 0.95};

  private static final Grades<Weights> WEIGHTS =
      new Grades<>(
          List.of(new Weights(1, 0.2), new Weights(1, 0.3), new Weights(0.9, 0.4), new Weights(0.85, 0.4), new Weights(0.75, 0.45)),
          List.of(new Weights(1, 0.3), new Weights(0.9, 0.4), new Weights(0.8, 0.45), new Weights(0.75, 0.5), new Weights(0.7, 0.55)));

  /**
   * Parts of the sum.
   *
   * @param image of the image
   * @param frost of the frost
   */
  private record Weights(double image, double frost) {}

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    Weights weights = WEIGHTS.at(severity, image.size());
    Field ice = ice(image.size(), draws);
    return Picture.of(
            number -> {
              Field channel = image.channel(number);
              return Field.of(
                  image.size(), (y, x) -> weights.image() * channel.at(y, x) + weights.frost() * Math.pow(ice.at(y, x), EXPONENTS[number]));
            })
        .clipped();
  }

  /** How bright the ice is, in [0, 1]. */
  static Field ice(int size, Draws draws) {
    Field film = new Plasma(size, draws).field(DECAY);
    List<Needle> needles = IntStream.range(0, FEATHERS).mapToObj(i -> feather(size, draws)).flatMap(List::stream).toList();
    return Field.of(size, (y, x) -> Math.min(1, THINNEST + THICKNESS * film.at(y, x) + NEEDLE * most(needles, y, x)));
  }

  private static double most(List<Needle> needles, int y, int x) {
    double most = 0;
    for (Needle needle : needles) {
      most = Math.max(most, needle.at(y, x));
    }
    return most;
  }

  private static List<Needle> feather(int size, Draws draws) {
    double direction = draws.uniform(0, 2 * Math.PI);
    double length = size * draws.uniform(0.5, 1);
    double y = draws.uniform(0, size);
    double x = draws.uniform(0, size);
    double width = size * draws.uniform(0.03, 0.06);
    return new Needle(y, x, length * Math.sin(direction), length * Math.cos(direction), width).feather();
  }
}
