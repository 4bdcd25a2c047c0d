package dev.sparrow.model;

import dev.sparrow.arch.Statistics;
import dev.sparrow.data.Normalization;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The part that all engines of the library have in common: a {@link Network} that owns parameters and running statistics as tensors,
 * whoever computes with them. So checkpoints, optimizer and masks are the same for each, and derivatives that a {@link Pass} does not have
 * ({@link Curvature}, {@link SynapticFlow}, {@link InnerValues}) are libtorch's on all of them.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public abstract class NetworkClassifier implements Classifier {

  private final Network network;
  private final List<String> prunable;
  private final Tensor mean;
  private final Tensor deviation;
  private Mode mode = Mode.EVAL;

  /**
   * Takes over a network.
   *
   * @param network the network, closed with this classifier
   * @param normalization what is subtracted from and divided into the pixels
   */
  protected NetworkClassifier(Network network, Normalization normalization) {
    this.network = network;
    this.prunable = List.copyOf(network.blueprint().prunable().keySet());
    mean = TensorScope.own(() -> perChannel(normalization.mean()));
    deviation = TensorScope.own(() -> perChannel(normalization.std()));
  }

  private Tensor perChannel(List<Double> values) {
    float[] floats = {values.get(0).floatValue(), values.get(1).floatValue(), values.get(2).floatValue()};
    return Tensors.ofFloats(floats, 1, 3, 1, 1).to(network.parameters().asMap().values().iterator().next().device(), ScalarType.Float);
  }

  /**
   * What computes, in one line for the log.
   *
   * @return the engine and how it computes
   */
  public abstract String description();

  /**
   * What is run.
   *
   * @return the network, borrowed
   */
  protected final Network network() {
    return network;
  }

  /**
   * Subtracts the mean and divides by the deviation.
   *
   * @param images [N, 3, H, W] float32
   * @return the same shape, owned by the caller's scope
   */
  protected final Tensor normalize(Tensor images) {
    return images.sub(mean).div(deviation);
  }

  /**
   * Where batch norm takes its statistics from in the current mode.
   *
   * @return what the mode stands for
   */
  protected final Statistics statistics() {
    return switch (mode) {
      case TRAIN -> Statistics.BATCH;
      case EVAL -> Statistics.RUNNING;
      case TRAIN_FROZEN -> Statistics.BATCH_ONLY;
    };
  }

  /** Logits by libtorch in float32 whatever the engine, recorded for autograd as far as the weights are; in the current mode. */
  final Tensor exactLogits(Tensor images, Function<String, Tensor> weights) {
    return TensorScope.tidy(() -> network.forward(normalize(images), weights, statistics()));
  }

  /** Inner values by libtorch in float32 whatever the engine, up to the last of them; in the current mode. */
  final Map<Integer, Tensor> exactValues(Tensor images, Set<Integer> ids) {
    try (TensorScope scope = TensorScope.open()) {
      Map<Integer, Tensor> values = network.values(normalize(images), parameters()::get, statistics(), ids);
      values.values().forEach(scope::keep);
      return values;
    }
  }

  @Override
  public final NamedTensors parameters() {
    return network.parameters();
  }

  @Override
  public final NamedTensors buffers() {
    return network.buffers();
  }

  @Override
  public final List<String> prunableParameters() {
    return prunable;
  }

  @Override
  public final int numClasses() {
    return network.blueprint().numClasses();
  }

  @Override
  public final int imageSize() {
    return network.blueprint().input().dim(1);
  }

  @Override
  public final Mode mode() {
    return mode;
  }

  @Override
  public final ModeGuard in(Mode next) {
    Mode previous = mode;
    mode = next;
    return () -> mode = previous;
  }

  @Override
  public void close() {
    mean.close();
    deviation.close();
    network.close();
  }
}
