package dev.sparrow.engine;

import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.data.Normalization;
import dev.sparrow.kernel.Gradients;
import dev.sparrow.kernel.Standardization;
import dev.sparrow.model.LibtorchRun;
import dev.sparrow.model.LibtorchRunner;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A network that was cut once: libtorch runs the front part, dense, and the sparse engine the rear part. Where the first layers are nearly
 * dense, which libtorch is faster with, and the others sparse, this is faster than either engine alone. The seam is converted once per
 * direction of a pass.
 */
final class HybridClassifier extends NetworkClassifier {

  private final BlueprintCut cut;
  private final Network frontNetwork;
  private final Network rearNetwork;
  private final LibtorchRunner front;
  private final SparsePart rear;

  /**
   * Takes over a network.
   *
   * @param network the network, on the CPU, closed with this classifier
   * @param cut where the network is cut
   * @param normalization what is subtracted from and divided into the pixels
   * @param choice how both engines compute
   * @throws dev.sparrow.BadInput if the sparse engine does not know an operation of the rear part
   */
  public HybridClassifier(Network network, BlueprintCut cut, Normalization normalization, EngineChoice choice) {
    super(network, normalization);
    this.cut = cut;
    this.frontNetwork = network.part(cut.front());
    this.rearNetwork = network.part(cut.rear());
    this.front = new LibtorchRunner(frontNetwork, choice.precision(), choice.layout());
    this.rear = new SparsePart(rearNetwork, Standardization.none(cut.seam().dim(0)), choice.sparseSettings());
  }

  /** {@inheritDoc} The front part gains nothing from zeros. */
  @Override
  public void restrictTo(NamedTensors masks) {
    rear.restrictTo(masks);
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    LibtorchRun first = front.run(images, this::normalize, recording, statistics());
    try (TensorScope scope = TensorScope.open()) {
      SparseRun second = rear.run(first.value(), statistics(), gradients(recording));
      return new HybridPass(recording, first, second, scope.keep(second.logits()), parameters().names());
    }
  }

  /** The front part needs the gradient by the seam whatever it computes from it. */
  private static Gradients gradients(Recording recording) {
    return switch (recording) {
      case NONE -> Gradients.NONE;
      case INPUT -> Gradients.INPUT;
      case PARAMETERS, ACTIVE_PARAMETERS -> Gradients.BOTH;
    };
  }

  @Override
  public String description() {
    return front.description() + " up to " + cut.place() + "; from there " + rear.description();
  }

  @Override
  public void close() {
    front.close();
    rear.close();
    frontNetwork.close();
    rearNetwork.close();
    super.close();
  }
}
