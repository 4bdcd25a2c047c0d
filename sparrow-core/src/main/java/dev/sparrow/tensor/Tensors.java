package dev.sparrow.tensor;

import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apiguardian.api.API;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The few libtorch calls that are awkward from Java. Unless said otherwise a result is a fresh tensor owned by the caller's scope. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Tensors {

  private Tensors() {}

  /**
   * A float32 tensor on the CPU.
   *
   * @param values row-major values
   * @param shape their shape
   * @return a copy of the values
   */
  public static Tensor ofFloats(float[] values, long... shape) {
    return TensorScope.tidy(
        () -> {
          Tensor tensor = BlankTensors.emptyCpu(ScalarType.Float, shape);
          checkSize(tensor, values.length);
          if (values.length > 0) { // a tensor of nothing has no address
            tensor.data_ptr_float().put(values);
          }
          return tensor;
        });
  }

  /**
   * An int64 tensor on the CPU.
   *
   * @param values row-major values
   * @param shape their shape
   * @return a copy of the values
   */
  public static Tensor ofLongs(long[] values, long... shape) {
    return TensorScope.tidy(
        () -> {
          Tensor tensor = BlankTensors.emptyCpu(ScalarType.Long, shape);
          checkSize(tensor, values.length);
          if (values.length > 0) {
            tensor.data_ptr_long().put(values);
          }
          return tensor;
        });
  }

  /**
   * A boolean tensor on the CPU.
   *
   * @param values row-major values
   * @param shape their shape
   * @return a copy of the values
   */
  public static Tensor ofBooleans(boolean[] values, long... shape) {
    return TensorScope.tidy(
        () -> {
          Tensor tensor = BlankTensors.emptyCpu(ScalarType.Bool, shape);
          checkSize(tensor, values.length);
          byte[] bytes = new byte[values.length];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
          }
          bytesOf(tensor).put(bytes);
          return tensor;
        });
  }

  /**
   * The values of a tensor.
   *
   * @param tensor float32, any layout and device
   * @return row-major copy
   */
  public static float[] toFloats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    copyFloats(tensor, values);
    return values;
  }

  /**
   * Copies the values of a tensor.
   *
   * @param tensor float32, any layout and device
   * @param values where to, row-major, as long as the tensor
   */
  public static void copyFloats(Tensor tensor, float[] values) {
    checkSize(tensor, values.length);
    if (values.length == 0) {
      return;
    }
    try (TensorScope scope = TensorScope.open()) {
      FloatPointer data = toCpuContiguous(tensor, ScalarType.Float).data_ptr_float();
      data.get(values);
    }
  }

  /**
   * The values of a tensor.
   *
   * @param tensor int64 or boolean, any layout and device
   * @return row-major copy
   */
  public static long[] toLongs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.numel())];
    if (values.length == 0) {
      return values;
    }
    try (TensorScope scope = TensorScope.open()) {
      LongPointer data = toCpuContiguous(tensor, ScalarType.Long).data_ptr_long();
      data.get(values);
      return values;
    }
  }

  /**
   * The values of a tensor.
   *
   * @param tensor boolean, contiguous, any device
   * @return row-major copy
   */
  public static boolean[] toBooleans(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      byte[] bytes = new byte[Math.toIntExact(tensor.numel())];
      bytesOf(toDevice(tensor, DeviceSpec.CPU.toDevice())).get(bytes);
      boolean[] values = new boolean[bytes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes[i] != 0;
      }
      return values;
    }
  }

  /**
   * A view of the memory of a tensor.
   *
   * @param tensor contiguous, on the CPU
   * @return view in the processor's byte order, valid while the tensor lives
   */
  public static ByteBuffer bytesOf(Tensor tensor) {
    if (!tensor.is_cpu() || !tensor.is_contiguous()) {
      String got = tensor.is_cpu() ? "one in another layout" : "one on a GPU";
      throw new IllegalArgumentException("tensor: expected a contiguous one on the CPU, got " + got);
    }
    long bytes = Math.multiplyExact(tensor.numel(), tensor.element_size());
    if (bytes == 0) { // a tensor of nothing has no address
      return ByteBuffer.allocate(0);
    }
    return new BytePointer(tensor.data_ptr()).capacity(bytes).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /**
   * A scalar tensor's value.
   *
   * @param tensor one element, any type
   * @return its value
   */
  public static double item(Tensor tensor) {
    try (TensorScope scope = TensorScope.open()) {
      return tensor.to(ScalarType.Double).item_double();
    }
  }

  /**
   * Gradient recording off on this thread until the result is closed.
   *
   * @return a guard for try-with-resources
   */
  public static NoGradGuard noGrad() {
    return new NoGradGuard();
  }

  /**
   * The shape of a tensor.
   *
   * @param tensor any tensor
   * @return a fresh array
   */
  public static long[] shape(Tensor tensor) {
    long[] shape = new long[Math.toIntExact(tensor.dim())];
    Arrays.setAll(shape, tensor::size);
    return shape;
  }

  /**
   * The shape of a tensor as a value.
   *
   * @param tensor any tensor
   * @return its shape
   */
  public static Shape shapeOf(Tensor tensor) {
    return Shape.of(Arrays.stream(shape(tensor)).mapToInt(Math::toIntExact).toArray());
  }

  /**
   * Whether a tensor holds booleans.
   *
   * @param tensor any tensor
   * @return true for the boolean element type
   */
  public static boolean isBoolean(Tensor tensor) {
    return tensor.scalar_type().intern() == ScalarType.Bool;
  }

  /**
   * Copies a tensor to a device.
   *
   * @param tensor any tensor
   * @param device where to
   * @return the tensor itself if it is there already
   */
  public static Tensor toDevice(Tensor tensor, Device device) {
    return TensorScope.tidy(() -> tensor.to(device, tensor.scalar_type()));
  }

  static Tensor toDeviceOf(Tensor like, Tensor tensor) {
    return like.is_cpu() ? tensor : toDevice(tensor, like.device());
  }

  private static Tensor toCpuContiguous(Tensor tensor, ScalarType type) {
    return tensor.detach().to(DeviceSpec.CPU.toDevice(), type).contiguous();
  }

  private static void checkSize(Tensor tensor, long values) {
    if (tensor.numel() != values) {
      throw new IllegalArgumentException("values: expected " + tensor.numel() + ", got " + values);
    }
  }
}
