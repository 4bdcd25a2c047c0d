package dev.sparrow.data.corruption;

import java.util.List;

/** Made smaller and larger again, without any smoothing: pixels become as large as tiles. */
final class Pixelate implements Corruption {

  private static final Grades<Double> SCALE = new Grades<>(List.of(0.95, 0.9, 0.85, 0.75, 0.65), List.of(0.9, 0.8, 0.7, 0.6, 0.5));

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    int size = image.size();
    int small = Math.max(1, (int) (size * SCALE.at(severity, size)));
    return image.each(channel -> resized(resized(channel, small), size));
  }

  /** The mean of the pixels whose centres fall below a target pixel, or the nearest one when there are more targets. */
  private static Field resized(Field field, int size) {
    double scale = (double) field.size() / size;
    double reach = Math.max(1, scale) / 2;
    return Field.of(
        size,
        (y, x) -> {
          int top = first(y, scale, reach);
          int left = first(x, scale, reach);
          int bottom = end(y, scale, reach, field.size());
          int right = end(x, scale, reach, field.size());
          double sum = 0;
          for (int i = top; i < bottom; i++) {
            for (int j = left; j < right; j++) {
              sum += field.at(i, j);
            }
          }
          return sum / ((bottom - top) * (right - left));
        });
  }

  private static int first(int target, double scale, double reach) {
    return Math.max(0, (int) ((target + 0.5) * scale - reach + 0.5));
  }

  private static int end(int target, double scale, double reach, int size) {
    return Math.min(size, (int) ((target + 0.5) * scale + reach + 0.5));
  }
}
