package dev.sparrow.engine;

import dev.sparrow.data.Normalization;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.Gradients;
import dev.sparrow.kernel.Standardization;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/** A network run by the sparse engine, from the images to the logits. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SparseClassifier extends NetworkClassifier {

  private final SparsePart part;

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
    this.part = new SparsePart(network, Standardization.of(normalization), settings);
  }

  @Override
  public void restrictTo(NamedTensors masks) {
    part.restrictTo(masks);
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    return new EnginePass(recording, part.run(images, statistics(), gradients(recording)));
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
    return part.description();
  }

  @Override
  public void close() {
    part.close();
    super.close();
  }
}
