package dev.sparrow.model;

import dev.sparrow.arch.Statistics;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Runs a network, or the front part of one, in libtorch: products in the given precision, vector-Jacobian products by autograd.
 *
 * <p>Mixed precision casts explicitly, which is what autocast does operation by operation, but keeps the prepared weights of an attack's
 * passes until the weights change: eleven conversions of every weight per PGD-10 step become two.
 */
public final class LibtorchRunner implements AutoCloseable {

  private final Network network;
  private final Precision precision;
  private final MemoryFormat layout;
  private final FrozenWeights frozen;

  /**
   * Prepares a network.
   *
   * @param network what is run, borrowed
   * @param precision arithmetic of convolutions and products
   * @param layout how activations lie in memory
   */
  public LibtorchRunner(Network network, Precision precision, ActivationLayout layout) {
    this.network = network;
    this.precision = precision;
    this.layout = layout == ActivationLayout.CHANNELS_LAST ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
    this.frozen = new FrozenWeights(network.parameters(), this::prepare);
  }

  /**
   * Runs the network.
   *
   * @param images [N, 3, H, W] float32
   * @param normalization what is done to the images first
   * @param recording which products will be asked for
   * @param statistics where batch norm takes its statistics from
   * @return the run, to be closed by the caller
   */
  public LibtorchRun run(Tensor images, UnaryOperator<Tensor> normalization, Recording recording, Statistics statistics) {
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(recording != Recording.NONE)) {
      NamedTensors leaves = leaves(images, recording);
      Tensor seen = recording == Recording.INPUT ? leaves.get(LibtorchRun.IMAGES) : images;
      Tensor input = TensorScope.tidy(() -> precision.cast(normalization.apply(seen)).contiguous(layout));
      Function<String, Tensor> weights = recording.ofParameters() ? prepared(leaves)::get : frozen::get;
      return new LibtorchRun(scope.keep(network.forward(input, weights, statistics)), scope.keep(leaves));
    }
  }

  private NamedTensors leaves(Tensor images, Recording recording) {
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    if (recording == Recording.INPUT) {
      leaves.put(LibtorchRun.IMAGES, images.detach());
    } else if (recording.ofParameters()) {
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

  /**
   * What computes, in a few words.
   *
   * @return engine, arithmetic and layout
   */
  public String description() {
    String arithmetic = precision == Precision.BF16 ? "bf16" : "fp32";
    return "libtorch, " + arithmetic + ", " + (layout == MemoryFormat.ChannelsLast ? "channels-last" : "channels-first");
  }

  @Override
  public void close() {
    frozen.close();
  }
}
