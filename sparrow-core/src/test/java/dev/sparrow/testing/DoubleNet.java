package dev.sparrow.testing;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The network of {@code autoattack.json} in float64: conv 3 to 8, ReLU, conv 8 to 8 with stride 2, ReLU, linear 128 to 10, no biases, for
 * 8x8 images. Its logits and gradients are float64 as well, so that an iteration goes where the authors' goes.
 */
public final class DoubleNet implements Classifier {

  /** Side of its images. */
  public static final int IMAGE_SIZE = 8;

  /** Number of its logits. */
  public static final int CLASSES = 10;

  private final NamedTensors parameters;

  /** The network with the formula's parameters, not rounded to float32. */
  public DoubleNet(long seed) {
    Tensor first = parameter(seed, 0, 8, 3, 3, 3);
    Tensor second = parameter(seed, 1, 8, 8, 3, 3);
    parameters = new NamedTensors(Map.of("conv1", first, "conv2", second, "linear", parameter(seed, 2, CLASSES, 128)));
  }

  private static Tensor parameter(long seed, int k, long... shape) {
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double scale = Math.sqrt(6.0 * shape[0] / values.length);
    Arrays.setAll(values, i -> (2 * Golden.uniform(seed * 10000 + k, i) - 1) * scale);
    return TensorScope.own(() -> ofDoubles(values, shape));
  }

  /** The formula's images, not rounded to float32. */
  public static Tensor images(long seed, int n) {
    float[] rounded = Golden.images(seed, n, IMAGE_SIZE);
    double[] values = new double[rounded.length];
    Arrays.setAll(values, i -> Math.round(255 * rounded[i]) / 255.0);
    return ofDoubles(values, n, 3, IMAGE_SIZE, IMAGE_SIZE);
  }

  private static Tensor ofDoubles(double[] values, long... shape) {
    return TensorScope.tidy(
        () -> {
          Tensor tensor = BlankTensors.emptyCpu(ScalarType.Double, shape);
          tensor.data_ptr_double().put(values);
          return tensor;
        });
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    Tensor leaf = TensorScope.own(() -> images.clone().detach().set_requires_grad(true));
    return new DoublePass(leaf, TensorScope.own(() -> logits(leaf)));
  }

  private Tensor logits(Tensor images) {
    Tensor first = torch.relu(convolve(images, "conv1", 1));
    Tensor second = torch.relu(convolve(first, "conv2", 2));
    return torch.linear(second.flatten(1, 3), parameters.get("linear"));
  }

  private Tensor convolve(Tensor input, String weight, long stride) {
    long[] one = {1, 1};
    return torch.conv2d(input, parameters.get(weight), new TensorOptional(), new long[] {stride, stride}, one, one, 1);
  }

  private record DoublePass(Tensor leaf, Tensor recorded) implements Pass {

    @Override
    public Tensor logits() {
      return recorded.detach();
    }

    @Override
    public Tensor inputGradient(Tensor logitGradient) {
      return TensorScope.tidy(
          () -> {
            recorded.backward(logitGradient, new BoolOptional(), false, new TensorArrayRefOptional());
            return new Tensor(leaf.grad());
          });
    }

    @Override
    public NamedTensors parameterGradients(Tensor logitGradient) {
      throw new IllegalStateException("recording: expected that of the product, got INPUT");
    }

    @Override
    public void close() {
      leaf.close();
      recorded.close();
    }
  }

  @Override
  public NamedTensors parameters() {
    return parameters;
  }

  @Override
  public NamedTensors buffers() {
    return new NamedTensors(Map.of());
  }

  @Override
  public List<String> prunableParameters() {
    return List.of("conv1", "conv2", "linear");
  }

  @Override
  public int numClasses() {
    return CLASSES;
  }

  @Override
  public int imageSize() {
    return IMAGE_SIZE;
  }

  @Override
  public Mode mode() {
    return Mode.EVAL;
  }

  @Override
  public ModeGuard in(Mode mode) {
    return () -> {};
  }

  @Override
  public void close() {
    parameters.release();
  }
}
