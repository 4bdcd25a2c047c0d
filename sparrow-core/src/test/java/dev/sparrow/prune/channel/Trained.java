package dev.sparrow.prune.channel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.data.Normalization;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.Tensor;

/** Networks as if trained: random scales, shifts and running statistics, so that no accident hides a wrong channel. */
final class Trained {

  private static final Seed SEED = new Seed(11);

  private Trained() {}

  /** A classifier, closed by the caller. */
  static Classifier of(Blueprint blueprint) {
    Classifier model = FormulaNetwork.of(blueprint, 3);
    try (var guard = Tensors.noGrad()) {
      model.parameters().forEach((name, tensor) -> fill(name, tensor, tensor.dim() == 1, 0.2, 1));
      model.buffers().forEach((name, tensor) -> fill(name, tensor, name.endsWith("running_mean"), -0.5, 0.5));
      model.buffers().forEach((name, tensor) -> fill(name, tensor, name.endsWith("running_var"), 0.5, 2));
    }
    return model;
  }

  private static void fill(String name, Tensor tensor, boolean wanted, double low, double high) {
    if (wanted) {
      try (TensorScope scope = TensorScope.open();
          Rng rng = new Rng(SEED.derive(name))) {
        tensor.copy_(rng.uniformLike(tensor, low, high));
      }
    }
  }

  /** Masks channels of a classifier. */
  static void prune(Blueprint blueprint, Classifier model, double density) {
    try (MaskSet masks = ChannelPruning.masks(blueprint, model.parameters(), new Density(density))) {
      masks.applyTo(model.parameters());
    }
  }

  static Compaction compaction(Blueprint blueprint, Classifier model) {
    return Compaction.of(blueprint, model.parameters(), model.buffers(), 1);
  }

  /** The compact classifier, closed by the caller. */
  static Classifier compact(Compaction compaction, Classifier model) {
    return new LibtorchClassifier(
        compaction.network(model.parameters(), model.buffers(), DeviceSpec.CPU), Normalization.CIFAR10, Precision.FP32);
  }

  static Tensor images(int count, int size) {
    try (Rng rng = new Rng(SEED)) {
      return rng.uniformLike(Tensors.ofFloats(new float[count * 3 * size * size], count, 3, size, size), 0, 1);
    }
  }

  static float[] logits(Classifier model, Tensor images) {
    try (Pass pass = model.forward(images, Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }

  /** Largest difference of the logits in units of the largest logit. */
  static double difference(Classifier expected, Classifier got, Tensor images) {
    float[] one = logits(expected, images);
    float[] other = logits(got, images);
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
      scale = Math.max(scale, Math.abs(one[i]));
    }
    return largest / scale;
  }
}
