package dev.sparrow.tensor;

import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch on a device.
 *
 * @param images [N, 3, S, S] float32 in [0, 1]
 * @param labels [N] int64
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record DeviceBatch(Tensor images, Tensor labels) {

  /**
   * Copies a batch to a device.
   *
   * @param images [N, 3, S, S] flattened, in [0, 1]
   * @param labels [N]
   * @param imageSize side S of the images
   * @param device where to
   * @return tensors owned by the caller's scope
   */
  public static DeviceBatch of(float[] images, long[] labels, int imageSize, DeviceSpec device) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor pixels = Tensors.ofFloats(images, labels.length, 3, imageSize, imageSize);
      Tensor classes = Tensors.ofLongs(labels, labels.length);
      if (device.isCuda()) {
        pixels = Tensors.toDevice(pixels, device.toDevice());
        classes = Tensors.toDevice(classes, device.toDevice());
      }
      return new DeviceBatch(scope.keep(pixels), scope.keep(classes));
    }
  }
}
