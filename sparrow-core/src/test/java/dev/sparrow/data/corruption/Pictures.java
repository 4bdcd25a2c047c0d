package dev.sparrow.data.corruption;

import dev.sparrow.data.DataSplits;
import dev.sparrow.data.DatasetName;
import dev.sparrow.data.Datasets;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images to corrupt. */
final class Pictures {

  private Pictures() {}

  static Picture constant(int size, double red, double green, double blue) {
    double[] colour = {red, green, blue};
    return Picture.of(channel -> Field.of(size, (y, x) -> colour[channel]));
  }

  static Picture grey(Field field) {
    return Picture.of(channel -> field);
  }

  /** Uniform noise in steps of 1/255. */
  static Picture noise(int size, long seed) {
    Draws draws = draws(seed);
    return Picture.of(channel -> Field.of(size, (y, x) -> draws.whole(0, 256) / 255f));
  }

  /** The first test images of the bundled sample. */
  static List<Picture> photographs(int count) {
    DataSplits data = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 20, count);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = data.test().pixels(i);
      float[] pixels = new float[bytes.length];
      for (int p = 0; p < bytes.length; p++) {
        pixels[p] = (bytes[p] & 0xff) / 255f;
      }
      pictures.add(Picture.of(pixels, 0, data.test().imageSize()));
    }
    return pictures;
  }

  static Draws draws(long seed) {
    return new Draws(new Seed(seed));
  }

  /** The largest difference between two images of the same size. */
  static double distance(Picture one, Picture other) {
    double[] values = values(one);
    double[] others = values(other);
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - others[i]));
    }
    return largest;
  }

  static double[] values(Picture picture) {
    float[] pixels = picture.pixels();
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i];
    }
    return values;
  }
}
