package dev.sparrow.loss;

import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * A function of the logits of one image, with its gradient in closed form. Attacks maximise it and training minimises its mean; an engine
 * only ever sees the gradient by the logits. Losses against something else than the label (a target class, another prediction) hold it.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Loss {

  /**
   * The loss of each image.
   *
   * @param logits [N, K] float, unchanged
   * @param labels [N] int64, each in [0, K)
   * @return [N], owned by the caller's scope
   */
  Tensor perImage(Tensor logits, Tensor labels);

  /**
   * The gradient of the sum of the losses of all images. One image's row does not depend on the others, so the gradient of the mean is this
   * divided by N.
   *
   * @param logits [N, K] float, unchanged
   * @param labels [N] int64, each in [0, K)
   * @return [N, K], fresh, owned by the caller's scope
   */
  Tensor gradient(Tensor logits, Tensor labels);
}
