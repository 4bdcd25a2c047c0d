package dev.sparrow.kernel;

import java.util.Arrays;
import java.util.Random;

/** Random values of a plane, for a whole batch. */
final class Words {

  private Words() {}

  /** One array of words per group; halos are zero. */
  static float[][] random(Kernels kernels, Plane plane, Random random) {
    int images = kernels.lanes() * kernels.format().images();
    float[] pixels = new float[images * plane.channels() * plane.height() * plane.width()];
    float[] zeros = new float[plane.channels()];
    float[] ones = new float[plane.channels()];
    Arrays.fill(ones, 1);
    float[][] words = new float[ResNet18Layer.BATCH / images][plane.words(kernels.lanes())];
    for (float[] group : words) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat() - 0.5f;
      }
      kernels.pack(plane, pixels, 0, images, zeros, ones, group);
    }
    return words;
  }
}
