package dev.sparrow.model;

import dev.sparrow.arch.Statistics;
import dev.sparrow.data.Normalization;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import java.util.LinkedHashMap;
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
public final class LibtorchClassifier extends NetworkClassifier {

  private final Precision precision;
  private final FrozenWeights frozen;
  private final MemoryFormat layout;

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
    super(network, normalization);
    this.layout = layout == ActivationLayout.CHANNELS_LAST ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
    this.precision = precision;
    this.frozen = new FrozenWeights(network.parameters(), this::prepare);
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    try (TensorScope scope = TensorScope.open();
        AutoGradMode recorded = new AutoGradMode(recording != Recording.NONE)) {
      NamedTensors leaves = leaves(images, recording);
      Tensor input = prepareImages(recording == Recording.INPUT ? leaves.get(LibtorchPass.IMAGES) : images);
      Function<String, Tensor> weights = recording.ofParameters() ? prepared(leaves)::get : frozen::get;
      Tensor logits = network().forward(input, weights, statistics()).to(ScalarType.Float);
      return new LibtorchPass(recording, scope.keep(logits), scope.keep(logits.detach()), scope.keep(leaves));
    }
  }

  private NamedTensors leaves(Tensor images, Recording recording) {
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    if (recording == Recording.INPUT) {
      leaves.put(LibtorchPass.IMAGES, images.detach());
    } else if (recording.ofParameters()) {
      parameters().forEach((name, parameter) -> leaves.put(name, parameter.detach()));
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

  private Tensor prepareImages(Tensor images) {
    return TensorScope.tidy(() -> precision.cast(normalize(images)).contiguous(layout));
  }

  @Override
  public String description() {
    String arithmetic = precision == Precision.BF16 ? "bf16" : "fp32";
    return "libtorch, " + arithmetic + ", " + (layout == MemoryFormat.ChannelsLast ? "channels-last" : "channels-first");
  }

  @Override
  public void close() {
    frozen.close();
    super.close();
  }
}
