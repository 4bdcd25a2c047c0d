package dev.sparrow.prune.channel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Channels pruned at random: networks as uneven as trained ones, to measure speed with, but there at once. */
public final class RandomChannels {

  private RandomChannels() {}

  /**
   * Draws batch-norm scales uniform in [0, 1] and masks the channels that then rank lowest.
   *
   * @param blueprint what the model is built from
   * @param model changed in place
   * @param density as of {@link ChannelPruning#masks}
   * @param seed root of the scales
   */
  public static void prune(Blueprint blueprint, Classifier model, Density density, Seed seed) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard guard = Tensors.noGrad()) {
      model.parameters().forEach((name, tensor) -> {
        if (tensor.dim() == 1 && name.endsWith(".weight")) {
          drawUniform(tensor, seed.derive("scale." + name));
        }
      });
      try (MaskSet masks = ChannelPruning.masks(blueprint, model.parameters(), density)) {
        masks.applyTo(model.parameters());
      }
    }
  }

  private static void drawUniform(Tensor scales, Seed seed) {
    try (Rng rng = new Rng(seed)) {
      scales.copy_(rng.uniformLike(scales, 0, 1));
    }
  }
}
