package dev.sparrow.nn;

import dev.sparrow.arch.Op;
import dev.sparrow.arch.Statistics;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.util.function.Function;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The operations of a blueprint in libtorch. Results belong to the caller's scope; in-place results are the input itself. */
final class Layers {

  private static final double MOMENTUM = 0.1;

  /**
   * oneDNN corrupts the heap in the weight gradient of a strided 1x1 convolution over channels_last images with fewer channels than a
   * vector holds, for odd batch sizes and several threads (Python's PyTorch 2.13 crashes alike). Those take every stride-th pixel
   * themselves.
   */
  private static final int NARROW = 16;

  private static final long[] NO_DILATION = {1, 1};

  private final Function<String, Tensor> weights;
  private final NamedTensors buffers;
  private final Statistics statistics;

  Layers(Function<String, Tensor> weights, NamedTensors buffers, Statistics statistics) {
    this.weights = weights;
    this.buffers = buffers;
    this.statistics = statistics;
  }

  Tensor apply(Op op, Tensor[] inputs, boolean overwrite) {
    Tensor x = inputs[0];
    if (op instanceof Op.Conv2d conv) {
      return TensorScope.tidy(() -> conv(conv, x));
    } else if (op instanceof Op.BatchNorm norm) {
      return TensorScope.tidy(() -> batchNorm(norm, x));
    } else if (op instanceof Op.Relu) {
      return relu(x, overwrite);
    } else if (op instanceof Op.Add) {
      return add(x, inputs[1], overwrite);
    } else if (op instanceof Op.MaxPool pool) {
      return TensorScope.tidy(() -> torch.max_pool2d(x, pool.kernel(), pool.kernel()));
    } else if (op instanceof Op.GlobalAvgPool) {
      return TensorScope.tidy(() -> torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, -1));
    } else if (op instanceof Op.Linear linear) {
      return TensorScope.tidy(() -> linear(linear, x));
    }
    throw new IllegalStateException("operation: expected one of the sealed set, got " + op);
  }

  private Tensor conv(Op.Conv2d conv, Tensor x) {
    if (conv.kernel() == 1 && conv.stride() > 1 && conv.in() < NARROW) {
      return convolve(conv, everyNth(x, conv.stride()), 1);
    }
    return convolve(conv, x, conv.stride());
  }

  /** What a 1x1 convolution of this stride looks at. */
  private static Tensor everyNth(Tensor x, int stride) {
    return x.slice(2, new LongOptional(0), new LongOptional(), stride).slice(3, new LongOptional(0), new LongOptional(), stride);
  }

  private Tensor convolve(Op.Conv2d conv, Tensor x, int step) {
    Tensor weight = weight(conv.name());
    TensorOptional bias = conv.bias() ? bias(conv.name(), weight) : new TensorOptional();
    long[] stride = {step, step};
    long[] padding = {conv.padding(), conv.padding()};
    return torch.conv2d(x, weight, bias, stride, padding, NO_DILATION, 1);
  }

  private Tensor linear(Op.Linear linear, Tensor x) {
    Tensor weight = weight(linear.name());
    return torch.linear(x, weight, bias(linear.name(), weight));
  }

  private Tensor batchNorm(Op.BatchNorm norm, Tensor x) {
    TensorOptional weight = new TensorOptional(weight(norm.name()));
    boolean batch = statistics != Statistics.RUNNING;
    if (statistics == Statistics.BATCH) {
      buffers.get(norm.name() + ".num_batches_tracked").add_(new Scalar(1));
    }
    TensorOptional mean = runningStatistic(norm.name() + ".running_mean");
    TensorOptional variance = runningStatistic(norm.name() + ".running_var");
    TensorOptional bias = new TensorOptional(weights.apply(norm.name() + ".bias"));
    return torch.batch_norm(x, weight, bias, mean, variance, batch, MOMENTUM, Op.BatchNorm.EPSILON, true);
  }

  private TensorOptional runningStatistic(String name) {
    return statistics == Statistics.BATCH_ONLY ? new TensorOptional() : new TensorOptional(buffers.get(name));
  }

  private static Tensor relu(Tensor x, boolean overwrite) {
    if (!overwrite) {
      return x.relu();
    }
    x.relu_();
    return x;
  }

  private static Tensor add(Tensor x, Tensor y, boolean overwrite) {
    if (!overwrite) {
      return x.add(y);
    }
    try (TensorScope scope = TensorScope.open()) {
      x.add_(y);
    }
    return x;
  }

  private Tensor weight(String layer) {
    return weights.apply(layer + ".weight");
  }

  /** Biases are 1-D like batch norm's parameters, which stay float32, so they follow their weight's type here. */
  private TensorOptional bias(String layer, Tensor weight) {
    return new TensorOptional(weights.apply(layer + ".bias").to(weight.scalar_type()));
  }
}
