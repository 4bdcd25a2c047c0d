package dev.sparrow.io;

import dev.sparrow.io.SparseTensorEntry.StoredMask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tensor as a sparrow-sparse file stores it: whole, or as a mask and the elements with any bit set, whichever is smaller. So a negative
 * zero is a value, and every bit comes back.
 *
 * @param entry what the header says about it
 * @param mask empty if it is whole
 * @param values elements that are stored
 */
record EncodedTensor(SparseTensorEntry entry, ByteBuffer mask, ByteBuffer values) {

  /**
   * Encodes a tensor.
   *
   * @param name its name
   * @param tensor the tensor; borrowed if it is stored whole
   * @param rounded whether it is a float32 tensor to be stored as bfloat16
   */
  static EncodedTensor of(String name, TensorData tensor, boolean rounded) {
    TensorData stored = rounded ? BFloat16.rounded(tensor) : tensor;
    int[] gaps = gaps(stored);
    int kept = gaps.length - 1;
    long valueBytes = (long) kept * stored.dtype().bytes();
    RiceCode code = RiceCode.shortest(gaps, SparseTensorEntry.leastBytes(tensor.data().remaining()) - valueBytes);
    long masked = code.bytes(gaps) + valueBytes;
    int whole = stored.data().remaining();
    if (masked >= whole) {
      SparseTensorEntry entry = new SparseTensorEntry(name, tensor.dtype(), tensor.shape(), stored.dtype(), Optional.empty(), whole);
      return new EncodedTensor(entry, ByteBuffer.allocate(0), stored.data());
    }
    StoredMask mask = new StoredMask(code.parameter(), kept);
    return new EncodedTensor(
        new SparseTensorEntry(name, tensor.dtype(), tensor.shape(), stored.dtype(), Optional.of(mask), masked),
        ByteBuffer.wrap(code.encode(gaps)),
        values(stored, kept));
  }

  /** The number of zeros ahead of each element that is stored, and behind the last. */
  private static int[] gaps(TensorData tensor) {
    ByteBuffer data = tensor.data();
    int width = tensor.dtype().bytes();
    int[] gaps = new int[data.remaining() / width + 1];
    int count = 0;
    int gap = 0;
    while (data.hasRemaining()) {
      if (next(data, width) == 0) {
        gap++;
      } else {
        gaps[count++] = gap;
        gap = 0;
      }
    }
    gaps[count++] = gap;
    return Arrays.copyOf(gaps, count);
  }

  private static ByteBuffer values(TensorData tensor, int count) {
    ByteBuffer data = tensor.data();
    int width = tensor.dtype().bytes();
    ByteBuffer values = ByteBuffer.allocate(count * width).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      long bits = next(data, width);
      if (bits != 0) {
        put(values, width, bits);
      }
    }
    return values.flip();
  }

  private static long next(ByteBuffer data, int width) {
    return switch (width) {
      case Byte.BYTES -> data.get();
      case Short.BYTES -> data.getShort();
      case Integer.BYTES -> data.getInt();
      default -> data.getLong();
    };
  }

  private static void put(ByteBuffer values, int width, long bits) {
    switch (width) {
      case Byte.BYTES -> values.put((byte) bits);
      case Short.BYTES -> values.putShort((short) bits);
      case Integer.BYTES -> values.putInt((int) bits);
      default -> values.putLong(bits);
    }
  }
}
