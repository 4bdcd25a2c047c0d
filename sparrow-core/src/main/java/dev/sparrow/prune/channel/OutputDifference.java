package dev.sparrow.prune.channel;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How far the logits of two networks are apart that should be one function. */
public final class OutputDifference {

  private static final int CHANNELS = 3;

  private OutputDifference() {}

  /**
   * Compares two networks on images of uniformly random pixels, with running statistics.
   *
   * @param expected the one
   * @param got the other, on the same device, with the same image size and classes
   * @param device where they live
   * @param images how many, at least 1
   * @return the largest difference of two logits, in units of the largest logit of the first; NaN if a logit is
   */
  public static double of(Classifier expected, Classifier got, DeviceSpec device, int images) {
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(new Seed(0))) {
      int size = expected.imageSize();
      Tensor zeros = BlankTensors.zeros(ScalarType.Float, device.toDevice(), images, CHANNELS, size, size);
      Tensor pixels = rng.uniformLike(zeros, 0, 1);
      Tensor logits = logits(expected, pixels);
      double difference = Arithmetic.maxAbs(logits.sub(logits(got, pixels)));
      return difference == 0 ? 0 : difference / Arithmetic.maxAbs(logits);
    }
  }

  private static Tensor logits(Classifier model, Tensor images) {
    try (ModeGuard guard = model.in(Mode.EVAL);
        Pass pass = model.forward(images, Recording.NONE)) {
      return pass.logits().clone();
    }
  }
}
