package dev.sparrow.tensor;

import org.apiguardian.api.API;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LayoutOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors to be filled: of zeros, or with whatever the memory held. All are fresh, contiguous and owned by the caller's scope. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class BlankTensors {

  private BlankTensors() {}

  /**
   * A tensor of zeros.
   *
   * @param type element type
   * @param device where
   * @param shape its shape
   * @return contiguous
   */
  public static Tensor zeros(ScalarType type, Device device, long... shape) {
    Tensor tensor = empty(type, device, shape);
    tensor.zero_();
    return tensor;
  }

  /**
   * A tensor of zeros like another.
   *
   * @param tensor gives shape, type and device
   * @return contiguous
   */
  public static Tensor zerosLike(Tensor tensor) {
    return torch.zeros_like(tensor);
  }

  /**
   * An uninitialised tensor on the CPU.
   *
   * @param type element type
   * @param shape its shape
   * @return contiguous
   */
  public static Tensor emptyCpu(ScalarType type, long... shape) {
    return empty(type, DeviceSpec.CPU.toDevice(), shape);
  }

  private static Tensor empty(ScalarType type, Device device, long... shape) {
    return TensorScope.tidy(
        () ->
            torch.empty(
                shape,
                new ScalarTypeOptional(type),
                new LayoutOptional(),
                new DeviceOptional(device),
                new BoolOptional(false),
                new MemoryFormatOptional()));
  }
}
