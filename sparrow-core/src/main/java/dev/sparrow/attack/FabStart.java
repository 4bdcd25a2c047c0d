package dev.sparrow.attack;

import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the attempts of FAB start: every first one at the clean image, the others half a radius away from it in a random direction, which
 * is uniform in l2, and in l-infinity that of a uniform point of the cube.
 *
 * @param threatModel norm and radius
 * @param restarts number of attempts of which one starts at the clean image
 */
record FabStart(ThreatModel threatModel, int restarts) {

  private static final double PART_OF_RADIUS = 0.5;

  /**
   * The first points of the rows' attempts.
   *
   * @param rows the columns of {@link RepeatedSearch}
   * @param seed of the search; each row derives its own by id and attempt
   * @return [N, 3, H, W] in [0, 1], fresh, owned by the caller's scope
   */
  Tensor points(TensorTable rows, Seed seed) {
    return TensorScope.tidy(
        () -> {
          Tensor images = rows.get(Search.IMAGE);
          long[] ids = Tensors.toLongs(rows.get(Search.ID));
          long[] attempts = Tensors.toLongs(rows.get(RepeatedSearch.ATTEMPT));
          float[] offsets = new float[Math.toIntExact(images.numel())];
          int pixels = offsets.length / ids.length;
          for (int row = 0; row < ids.length; row++) {
            if (attempts[row] % restarts > 0) {
              SplittableRandom random = new SplittableRandom(seed.derive("start", ids[row], attempts[row]).value());
              draw(offsets, row * pixels, pixels, random);
            }
          }
          Tensor points = Tensors.toDevice(Tensors.ofFloats(offsets, Tensors.shape(images)), images.device());
          return Arithmetic.clampInPlace(points.add_(images), 0, 1);
        });
  }

  private void draw(float[] offsets, int first, int pixels, SplittableRandom random) {
    double[] direction = new double[pixels];
    double length = 0;
    for (int i = 0; i < pixels; i++) {
      if (threatModel.norm() == Norm.LINF) {
        direction[i] = random.nextDouble(-1, 1);
        length = Math.max(length, Math.abs(direction[i]));
      } else {
        direction[i] = random.nextGaussian();
        length = Math.hypot(length, direction[i]);
      }
    }
    for (int i = 0; i < pixels; i++) {
      offsets[first + i] = (float) (PART_OF_RADIUS * threatModel.eps().value() * direction[i] / length);
    }
  }
}
