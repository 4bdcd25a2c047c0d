package dev.sparrow.model;

import dev.sparrow.data.Normalization;
import dev.sparrow.nn.Network;
import dev.sparrow.nn.Statistics;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network run by libtorch: normalisation inside, channels_last activations, products in the given precision, vector-Jacobian products by
 * autograd.
 *
 * <p>Mixed precision casts explicitly, which is what autocast does operation by operation, but keeps the prepared weights of an attack's
 * passes until the weights change: eleven conversions of every weight per PGD-10 step become two.
 */
public final class LibtorchClassifier implements Classifier {

  private final Network network;
  private final Precision precision;
  private final Tensor mean;
  private final Tensor deviation;
  private final FrozenWeights frozen;
  private final MemoryFormat layout;
  private final List<String> prunable;
  private Mode mode = Mode.EVAL;

  /**
   * Takes over a network.
   *
   * @param network the network, closed with this classifier
   * @param normalization what is subtracted from and divided into the pixels
   * @param precision arithmetic of convolutions and products
   */
  public LibtorchClassifier(Network network, Normalization normalization, Precision precision) {
    this(network, normalization, precision, ActivationLayout.CHANNELS_LAST);
  }

  /**
   * Takes over a network.
   *
   * @param network the network, closed with this classifier
   * @param normalization what is subtracted from and divided into the pixels
   * @param precision arithmetic of convolutions and products
   * @param layout how activations lie in memory
   */
  public LibtorchClassifier(Network network, Normalization normalization, Precision precision, ActivationLayout layout) {
    this.network = network;
    this.layout = layout == ActivationLayout.CHANNELS_LAST ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
    this.precision = precision;
    this.prunable = List.copyOf(network.blueprint().prunable().keySet());
    this.frozen = new FrozenWeights(network.parameters(), this::prepare);
    mean = TensorScope.own(() -> perChannel(normalization.mean()));
    deviation = TensorScope.own(() -> perChannel(normalization.std()));
  }

  private Tensor perChannel(List<Double> values) {
    float[] floats = {values.get(0).floatValue(), values.get(1).floatValue(), values.get(2).floatValue()};
    return Tensors.ofFloats(floats, 1, 3, 1, 1).to(network.parameters().asMap().values().iterator().next().device(), ScalarType.Float);
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(recording != Recording.NONE)) {
      NamedTensors leaves = leaves(images, recording);
      boolean training = recording == Recording.PARAMETERS;
      Tensor input = normalize(recording == Recording.INPUT ? leaves.get(LibtorchPass.IMAGES) : images);
      Function<String, Tensor> weights = training ? prepared(leaves)::get : frozen::get;
      Tensor logits = network.forward(input, weights, statistics()).to(ScalarType.Float);
      return new LibtorchPass(recording, scope.keep(logits), scope.keep(logits.detach()), scope.keep(leaves));
    }
  }

  private NamedTensors leaves(Tensor images, Recording recording) {
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    if (recording == Recording.INPUT) {
      leaves.put(LibtorchPass.IMAGES, images.detach());
    } else if (recording == Recording.PARAMETERS) {
      network.parameters().forEach((name, parameter) -> leaves.put(name, parameter.detach()));
    }
    leaves.values().forEach(leaf -> leaf.set_requires_grad(true));
    return new NamedTensors(leaves);
  }

  private NamedTensors prepared(NamedTensors leaves) {
    Map<String, Tensor> prepared = new LinkedHashMap<>();
    leaves.forEach((name, leaf) -> prepared.put(name, leaf.dim() < 2 ? leaf : prepare(leaf)));
    return new NamedTensors(prepared);
  }

  /** Weights lie like the activations: a convolution would otherwise convert them in every pass. */
  private Tensor prepare(Tensor weight) {
    return precision.cast(weight).contiguous(weight.dim() == 4 ? layout : MemoryFormat.Contiguous);
  }

  private Tensor normalize(Tensor images) {
    return TensorScope.tidy(() -> precision.cast(images.sub(mean).div(deviation)).contiguous(layout));
  }

  /** What is run, for derivatives that a pass does not have. */
  Network network() {
    return network;
  }

  /** Logits in float32 whatever the precision, recorded for autograd as far as the weights are; in the current mode. */
  Tensor exactLogits(Tensor images, Function<String, Tensor> weights) {
    return TensorScope.tidy(() -> network.forward(images.sub(mean).div(deviation), weights, statistics()));
  }

  private Statistics statistics() {
    return switch (mode) {
      case TRAIN -> Statistics.BATCH;
      case EVAL -> Statistics.RUNNING;
      case TRAIN_FROZEN -> Statistics.BATCH_ONLY;
    };
  }

  @Override
  public NamedTensors parameters() {
    return network.parameters();
  }

  @Override
  public NamedTensors buffers() {
    return network.buffers();
  }

  @Override
  public List<String> prunableParameters() {
    return prunable;
  }

  @Override
  public int numClasses() {
    return network.blueprint().numClasses();
  }

  @Override
  public int imageSize() {
    return network.blueprint().input().dim(1);
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public ModeGuard in(Mode next) {
    Mode previous = mode;
    mode = next;
    return () -> mode = previous;
  }

  @Override
  public void close() {
    frozen.close();
    mean.close();
    deviation.close();
    network.close();
  }
}

