package dev.sparrow.engine;

import dev.sparrow.data.Normalization;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.Gradients;
import dev.sparrow.kernel.SparseNetwork;
import dev.sparrow.kernel.SparsePass;
import dev.sparrow.kernel.Standardization;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A network run by the sparse engine. Its tensors stay libtorch's; images, logits and gradients are copied between tensors and Java arrays at
 * the border, inner values never are.
 */
public final class SparseClassifier extends NetworkClassifier {

  private final SparseNetwork engine;
  private final TensorMirror mirror;
  private final FloatArrays arrays = new FloatArrays();

  /**
   * Takes over a network.
   *
   * @param network the network, on the CPU, closed with this classifier
   * @param normalization what is subtracted from and divided into the pixels
   * @param settings how the engine computes
   * @throws dev.sparrow.BadInput if the engine does not know an operation of the network
   */
  public SparseClassifier(Network network, Normalization normalization, EngineSettings settings) {
    super(network, normalization);
    network.parameters().forEach(SparseClassifier::requireCpu);
    this.engine = new SparseNetwork(network.blueprint(), Standardization.of(normalization), settings);
    this.mirror = new TensorMirror(network, engine, arrays);
  }

  @Override
  public void restrictTo(NamedTensors masks) {
    mirror.restrictTo(masks);
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    requireCpu("images", images);
    mirror.load();
    int count = Math.toIntExact(images.size(0));
    SparsePass pass = engine.forward(arrays.of(images), count, statistics(), gradients(recording));
    mirror.passed(statistics());
    Tensor logits = Tensors.ofFloats(pass.logits(), count, numClasses());
    return new EnginePass(recording, pass, logits, Tensors.shape(images), parameters(), arrays);
  }

  private static void requireCpu(String what, Tensor tensor) {
    if (!tensor.is_cpu()) {
      throw new IllegalArgumentException(what + ": expected tensors on the CPU, where the sparse engine computes, got some on a GPU");
    }
  }

  private static Gradients gradients(Recording recording) {
    return switch (recording) {
      case NONE -> Gradients.NONE;
      case INPUT -> Gradients.INPUT;
      case PARAMETERS, ACTIVE_PARAMETERS -> Gradients.PARAMETERS;
    };
  }

  @Override
  public String description() {
    return engine.description();
  }

  @Override
  public void close() {
    engine.close();
    super.close();
  }
}
