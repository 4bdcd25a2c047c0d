package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A random point for each row at a distance from its image: in l2 in a direction that is uniform, in l-infinity in that of a uniform point
 * of the cube, so that at least one pixel is at the distance. What leaves the box is clipped.
 *
 * @param norm of the distance
 * @param distance from the image
 */
record RandomStart(Norm norm, double distance) {

  /** Keeps noise of zeros from dividing by zero. */
  private static final double SMALLEST_LENGTH = 1e-12;

  /**
   * Draws the points.
   *
   * @param rows the columns of {@link RepeatedSearch}
   * @param seed of the search; each row derives its own by id and attempt
   * @return [N, 3, H, W] in [0, 1], fresh, owned by the caller's scope
   */
  Tensor points(TensorTable rows, Seed seed) {
    return TensorScope.tidy(
        () -> {
          Tensor images = rows.get(Search.IMAGE);
          Tensor points = noise(images, streams(rows, seed), seed);
          Tensor length = norm == Norm.LINF ? points.abs().amax(new long[] {1, 2, 3}, true) : Arithmetic.lengths(points);
          points.div_(Arithmetic.plus(length, SMALLEST_LENGTH));
          Arithmetic.scaleInPlace(points, distance);
          return Arithmetic.clampInPlace(points.add_(images), 0, 1);
        });
  }

  private static long[] streams(TensorTable rows, Seed seed) {
    long[] ids = Tensors.toLongs(rows.get(Search.ID));
    long[] attempts = Tensors.toLongs(rows.get(RepeatedSearch.ATTEMPT));
    return IntStream.range(0, ids.length).mapToLong(row -> seed.derive("start", ids[row], attempts[row]).value()).toArray();
  }

  private Tensor noise(Tensor images, long[] streams, Seed seed) {
    try (Rng rng = Rng.perRow(seed, streams)) {
      return norm == Norm.LINF ? rng.uniformLike(images, -1, 1) : rng.normalLike(images);
    }
  }
}
