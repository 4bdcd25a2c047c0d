package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Norm;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * The l2 candidates of {@link Square}. A query takes the length of the perturbation in two windows, and whatever the radius leaves, and
 * puts it into the first of them, in the old direction plus that of a {@linkplain #pattern two-sided pattern}; the second window becomes
 * clean. The start covers the image with five by five such patterns: the same step, with the whole image as the window.
 *
 * <p>Differs from the authors' code where that does not run: windows are kept inside of images of less than 5 pixels, and the start always
 * has five by five patterns (for sides of 32 and 64 it has there too).
 *
 * @param eps radius
 */
record L2Squares(double eps) implements Squares {

  private static final int TILES_PER_SIDE = 5;

  /** Keeps the length of nothing from dividing. */
  private static final double TINY = 1e-12;

  @Override
  public Tensor candidates(Tensor images, Tensor best, long[] queries, SplittableRandom[] randoms) {
    return TensorScope.tidy(
        () -> {
          int channels = Math.toIntExact(images.size(1));
          int size = Math.toIntExact(images.size(2));
          Windows windows = new Windows(queries.length, channels, size);
          for (int row = 0; row < queries.length; row++) {
            if (queries[row] == 0) {
              windows.tile(row, randoms[row]);
            } else {
              windows.square(row, SquareSchedule.oddSide(queries[row] - 1, size), randoms[row]);
            }
          }
          return windows.applyTo(images, best, eps);
        });
  }

  /**
   * A square whose upper half is positive and whose lower half is negative. Each half is a sum of nested squares of radius k about its
   * middle with weights 1 / (k + 1)^2, and has the same length; the whole has length 1.
   *
   * @param side at least 1
   * @return [side][side]
   */
  static double[][] pattern(int side) {
    double[][] pattern = new double[side][side];
    int middle = side / 2;
    half(pattern, 0, middle, 1);
    half(pattern, middle, side - middle, -1);
    scale(pattern, 0, side, 1);
    return pattern;
  }

  private static void half(double[][] pattern, int top, int height, double sign) {
    int width = pattern.length;
    int nested = Math.max(height / 2, width / 2) + 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int k = Math.max(Math.abs(y - height / 2), Math.abs(x - width / 2)); k < nested; k++) {
          pattern[top + y][x] += 1.0 / ((k + 1) * (k + 1));
        }
      }
    }
    scale(pattern, top, height, sign);
  }

  /** Gives some rows the length of a factor. */
  private static void scale(double[][] pattern, int top, int height, double factor) {
    double squares = 0;
    for (int y = top; y < top + height; y++) {
      for (double value : pattern[y]) {
        squares += value * value;
      }
    }
    for (int y = top; y < top + height; y++) {
      for (int x = 0; x < pattern.length; x++) {
        pattern[y][x] *= factor / Math.sqrt(squares);
      }
    }
  }

  /** What one query draws: the patterns, where they go, and all that is taken away. */
  private static final class Windows {

    private final int channels;
    private final int size;
    private final SquareCanvas patterns;
    private final SquareCanvas target;
    private final SquareCanvas cleared;

    Windows(int images, int channels, int size) {
      this.channels = channels;
      this.size = size;
      patterns = new SquareCanvas(images, channels, size);
      target = new SquareCanvas(images, 1, size);
      cleared = new SquareCanvas(images, 1, size);
    }

    void tile(int row, SplittableRandom random) {
      int tiles = Math.min(TILES_PER_SIDE, size);
      int side = size / tiles;
      int margin = (size - tiles * side) / 2;
      for (int tile = 0; tile < tiles * tiles; tile++) {
        draw(row, margin + tile / tiles * side, margin + tile % tiles * side, side, random);
      }
      target.fill(row, 0, 0, 0, size, size, 1);
      cleared.fill(row, 0, 0, 0, size, size, 1);
    }

    void square(int row, int side, SplittableRandom random) {
      int top = Squares.corner(random, size, side);
      int left = Squares.corner(random, size, side);
      draw(row, top, left, side, random);
      target.fill(row, 0, top, left, side, side, 1);
      cleared.fill(row, 0, top, left, side, side, 1);
      cleared.fill(row, 0, Squares.corner(random, size, side), Squares.corner(random, size, side), side, side, 1);
    }

    /** A pattern, upright or on its side, with a sign of its own in each channel. */
    private void draw(int row, int top, int left, int side, SplittableRandom random) {
      double[][] pattern = random.nextBoolean() ? pattern(side) : transposed(pattern(side));
      for (int channel = 0; channel < channels; channel++) {
        patterns.draw(row, channel, top, left, pattern, Squares.sign(random));
      }
    }

    private static double[][] transposed(double[][] square) {
      double[][] transposed = new double[square.length][square.length];
      for (int y = 0; y < square.length; y++) {
        for (int x = 0; x < square.length; x++) {
          transposed[x][y] = square[y][x];
        }
      }
      return transposed;
    }

    /** All rows at once; lengths in a window are those of a channel, as published, all others those of an image. */
    Tensor applyTo(Tensor images, Tensor best, double eps) {
      Tensor perturbation = best.sub(images);
      Tensor mask = cleared.tensorLike(best);
      Tensor free = Arithmetic.plus(Arithmetic.lengths(perturbation).square().neg(), eps * eps);
      Arithmetic.clampMinInPlace(free, 0);
      Arithmetic.scaleInPlace(free, 1.0 / channels);
      Tensor length = free.add_(Arithmetic.lengths(perturbation.mul(mask)).square()).sqrt_();

      Tensor direction = unit(perturbation.mul(target.tensorLike(best)), 2, 3).add_(patterns.tensorLike(best));
      Tensor fresh = unit(direction, 2, 3).mul_(length);
      Tensor changed = unit(perturbation.sub_(perturbation.mul(mask)).add_(fresh), 1, 2, 3);
      Arithmetic.scaleInPlace(changed, eps);
      return Arithmetic.clampInPlace(changed.add_(images), 0, 1);
    }

    private static Tensor unit(Tensor batch, long... dims) {
      return batch.div(Arithmetic.plus(Arithmetic.lengths(batch, Norm.L2.order(), dims), TINY));
    }
  }
}
