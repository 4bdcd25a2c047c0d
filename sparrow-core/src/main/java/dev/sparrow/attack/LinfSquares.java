package dev.sparrow.attack;

import dev.sparrow.tensor.TensorScope;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * The l-infinity candidates of {@link Square}: it starts with vertical stripes of one pixel at the corners of the ball, and then moves all
 * pixels of one square, channel by channel, to one of the two corners.
 *
 * @param eps radius
 */
record LinfSquares(double eps) implements Squares {

  @Override
  public Tensor candidates(Tensor images, Tensor best, long[] queries, SplittableRandom[] randoms) {
    return TensorScope.tidy(
        () -> {
          int channels = Math.toIntExact(images.size(1));
          int size = Math.toIntExact(images.size(2));
          SquareCanvas change = new SquareCanvas(queries.length, channels, size);
          for (int row = 0; row < queries.length; row++) {
            if (queries[row] == 0) {
              stripes(change, row, channels, size, randoms[row]);
            } else {
              square(change, row, channels, size, SquareSchedule.side(queries[row] - 1, size), randoms[row]);
            }
          }
          Tensor candidates = change.tensorLike(best).add_(best);
          new LinfBall(images, eps).project(candidates);
          return candidates;
        });
  }

  private void stripes(SquareCanvas change, int row, int channels, int size, SplittableRandom random) {
    for (int channel = 0; channel < channels; channel++) {
      for (int x = 0; x < size; x++) {
        change.fill(row, channel, 0, x, size, 1, eps * Squares.sign(random));
      }
    }
  }

  private void square(SquareCanvas change, int row, int channels, int size, int side, SplittableRandom random) {
    int top = Squares.corner(random, size, side);
    int left = Squares.corner(random, size, side);
    for (int channel = 0; channel < channels; channel++) {
      change.fill(row, channel, top, left, side, side, 2 * eps * Squares.sign(random));
    }
  }
}
