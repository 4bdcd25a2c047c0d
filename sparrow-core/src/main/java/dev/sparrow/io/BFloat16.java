package dev.sparrow.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The upper half of a float32: the same range, eight significant bits. */
final class BFloat16 {

  /** Just less than half of the last place, in the bits of a float32. */
  private static final int BELOW_HALF = 0x7fff;

  private static final int QUIET_NAN = 0x40;

  private BFloat16() {}

  /**
   * Rounds a tensor: to the nearest, of two alike to the even one. What is beyond the largest becomes infinite, a NaN stays one.
   *
   * @param from a float32 tensor
   * @return the tensor in memory of its own
   */
  static TensorData rounded(TensorData from) {
    if (from.dtype() != DType.F32) {
      throw new IllegalArgumentException("type: expected F32, got " + from.dtype());
    }
    ByteBuffer data = from.data();
    ByteBuffer rounded = ByteBuffer.allocate(data.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (data.hasRemaining()) {
      rounded.putShort(rounded(data.getInt()));
    }
    return new TensorData(DType.BF16, from.shape(), rounded.flip());
  }

  private static short rounded(int bits) {
    if (Float.isNaN(Float.intBitsToFloat(bits))) {
      return (short) (bits >>> Short.SIZE | QUIET_NAN);
    }
    int even = bits >>> Short.SIZE & 1;
    return (short) (bits + BELOW_HALF + even >>> Short.SIZE);
  }
}
