package dev.sparrow.data;

import dev.sparrow.testing.Golden;
import java.util.ArrayList;
import java.util.List;

/** Made-up images for tests of what happens to pixels and labels. */
final class TestImages {

  private TestImages() {}

  /** Pixels of a seeded noise image. */
  static byte[] noise(long stream, int imageSize) {
    byte[] pixels = new byte[ImageSet.CHANNELS * imageSize * imageSize];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (256 * Golden.uniform(stream, i));
    }
    return pixels;
  }

  /** Noise images; image i has the label i modulo the number of classes. */
  static ImageSet noiseSet(int count, int imageSize, int classes) {
    byte[][] images = new byte[count][];
    int[] labels = new int[count];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images[i] = noise(i, imageSize);
      labels[i] = i % classes;
    }
    for (int c = 0; c < classes; c++) {
      names.add("class " + c);
    }
    return ImageSet.of(imageSize, names, images, labels);
  }
}
