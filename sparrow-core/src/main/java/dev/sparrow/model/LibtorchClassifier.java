package dev.sparrow.model;

import dev.sparrow.data.Normalization;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network run by libtorch: normalisation inside, channels_last activations, products in the given precision, vector-Jacobian products by
 * autograd.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class LibtorchClassifier extends NetworkClassifier {

  private final LibtorchRunner runner;

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
    this.runner = new LibtorchRunner(network, precision, layout);
  }

  @Override
  public Pass forward(Tensor images, Recording recording) {
    LibtorchRun run = runner.run(images, this::normalize, recording, statistics());
    return new LibtorchPass(recording, run, TensorScope.tidy(() -> run.value().to(ScalarType.Float)));
  }

  @Override
  public String description() {
    return runner.description();
  }

  @Override
  public void close() {
    runner.close();
    super.close();
  }
}
