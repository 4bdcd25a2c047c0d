package dev.sparrow.testing;

import java.util.SplittableRandom;

/** Images of uniformly random pixels. */
public final class MadeUpImages {

  private MadeUpImages() {}

  /** Pixels in [0, 1), [count, 3, side, side]; fewer images are the first of more. */
  public static float[] of(int count, int side) {
    SplittableRandom random = new SplittableRandom(7);
    float[] images = new float[count * 3 * side * side];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble();
    }
    return images;
  }
}
