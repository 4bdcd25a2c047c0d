package dev.sparrow.data.corruption;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A square of numbers: one colour of an image, a layer of snow, a kernel. Immutable. */
final class Field {

  private final int size;
  private final float[] values;

  private Field(int size, float[] values) {
    this.size = size;
    this.values = values;
  }

  /** A function of row and column. */
  interface Rule {
    double at(int y, int x);
  }

  /** Row by row, from left to right. */
  static Field of(int size, Rule rule) {
    float[] values = new float[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        values[y * size + x] = (float) rule.at(y, x);
      }
    }
    return new Field(size, values);
  }

  /** A copy of size x size numbers. */
  static Field copyOf(float[] values, int offset, int size) {
    return new Field(size, Arrays.copyOfRange(values, offset, offset + size * size));
  }

  int size() {
    return size;
  }

  void copyTo(float[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  double at(int y, int x) {
    return values[y * size + x];
  }

  double at(int y, int x, Border border) {
    return at(border.inside(y, size), border.inside(x, size));
  }

  /** Between the four pixels around a point, linearly. */
  double between(double y, double x, Border border) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double down = y - top;
    double right = x - left;
    int firstRow = border.inside(top, size);
    int secondRow = border.inside(top + 1, size);
    int firstColumn = border.inside(left, size);
    int secondColumn = border.inside(left + 1, size);
    double above = (1 - right) * at(firstRow, firstColumn) + right * at(firstRow, secondColumn);
    double below = (1 - right) * at(secondRow, firstColumn) + right * at(secondRow, secondColumn);
    return (1 - down) * above + down * below;
  }

  Field map(DoubleUnaryOperator function) {
    return of(size, (y, x) -> function.applyAsDouble(at(y, x)));
  }

  /** The sum of the pixels around each one, weighted by a kernel of odd size. */
  Field filtered(Field kernel, Border border) {
    int reach = kernel.size / 2;
    return of(
        size,
        (y, x) -> {
          double sum = 0;
          for (int i = 0; i < kernel.size; i++) {
            for (int j = 0; j < kernel.size; j++) {
              sum += kernel.at(i, j) * at(y + i - reach, x + j - reach, border);
            }
          }
          return sum;
        });
  }

  double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  double min() {
    double least = Double.POSITIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  double max() {
    return -map(value -> -value).min();
  }
}
