package dev.sparrow.model;

import dev.sparrow.tensor.NamedTensors;
import java.util.List;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * The engine seam: a network that turns images into logits and can push a logit gradient back to its images or its parameters. Attacks,
 * training and evaluation see nothing else of an engine, and none of them calls autograd.
 *
 * <p>Input normalisation is inside. A classifier is used by one thread at a time and owns its parameters and buffers.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Classifier extends AutoCloseable {

  /**
   * Runs the network in its current mode.
   *
   * @param images [N, 3, H, W] float32 in [0, 1]
   * @param recording which products will be asked for
   * @return the pass, to be closed by the caller
   * @throws UnsupportedOperationException if the engine has no such product, as {@link #givesGradients} may say
   */
  Pass forward(Tensor images, Recording recording);

  /**
   * All trainable parameters, float32, contiguous, in the reference's order.
   *
   * @return borrowed tensors; changing them in place under no-grad changes the network
   */
  NamedTensors parameters();

  /**
   * Running statistics.
   *
   * @return borrowed tensors; changing them in place changes the network
   */
  NamedTensors buffers();

  /**
   * The weights that sparsity methods may prune.
   *
   * @return names among {@link #parameters()}, in the same order
   */
  List<String> prunableParameters();

  /**
   * Says which weights may differ from zero from now on, so that an engine which gains from zeros need not look for them. Weights that become
   * active start at zero, and are trained like the others.
   *
   * <p>An engine without such a gain does nothing. One that never was restricted treats all weights as active.
   *
   * @param masks boolean, by names among {@link #parameters()}, borrowed; parameters without a mask are active. Weights outside are zero
   *     whenever {@link #forward} is called
   */
  default void restrictTo(NamedTensors masks) {}

  /**
   * Number of logits per image.
   *
   * @return at least 2
   */
  int numClasses();

  /**
   * Side of the square images.
   *
   * @return in pixels
   */
  int imageSize();

  /**
   * Whether it can be differentiated by its images. What cannot be is attacked without gradients.
   *
   * @return true unless the classifier says otherwise
   */
  default boolean givesGradients() {
    return true;
  }

  /**
   * What computes with {@link #parameters()} and {@link #buffers()}. An evaluation that was interrupted goes on only with the same.
   *
   * @return equal for classifiers that give the same logits for the same tensors
   */
  default String program() {
    return getClass().getSimpleName();
  }

  /**
   * The current mode.
   *
   * @return {@link Mode#EVAL} after construction
   */
  Mode mode();

  /**
   * Changes the mode until the guard is closed.
   *
   * @param mode the mode
   * @return a guard that puts the previous mode back
   */
  ModeGuard in(Mode mode);

  @Override
  void close();
}
