package dev.sparrow.io;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.util.Optional;

/**
 * What the header of a sparrow-sparse file says about one tensor, checked.
 *
 * @param name the tensor's, unique in the file
 * @param dtype type of its elements
 * @param shape its dimensions
 * @param stored type of its elements in the file: the same, or BF16 for F32
 * @param mask how the elements were chosen that are in the file; empty if all are
 * @param bytes its size in the file
 */
record SparseTensorEntry(String name, DType dtype, Shape shape, DType stored, Optional<StoredMask> mask, long bytes) {

  /** No tensor takes more memory than this times its bytes in the file, so that a small file cannot ask for a large network. */
  static final int MAX_EXPANSION = 256;

  /**
   * A mask at the head of a tensor's bytes.
   *
   * @param rice parameter of its {@linkplain RiceCode code}
   * @param values number of elements that follow it
   */
  record StoredMask(int rice, long values) {}

  /** Checks that everything fits together. */
  SparseTensorEntry {
    String where = "tensor '" + name + "'";
    if (stored != dtype && !(dtype == DType.F32 && stored == DType.BF16)) {
      throw BadInput.data("stored", dtype == DType.F32 ? "F32 or BF16" : dtype, stored, where);
    }
    long size = size(shape, where);
    if (mask.isPresent()) {
      requireMasked(size, dtype, stored, mask.get(), bytes, where);
    } else if (bytes != size * stored.bytes()) {
      throw BadInput.data("bytes", size * stored.bytes() + " for " + stored + " " + shape.dims(), bytes, where);
    }
  }

  private static long size(Shape shape, String where) {
    try {
      if (shape.dims().stream().allMatch(dim -> dim >= 0)) {
        return Math.multiplyExact(shape.size(), (long) Long.BYTES) / Long.BYTES; // so that no type makes too many bytes of it
      }
    } catch (ArithmeticException tooLarge) {
      // as negative dimensions
    }
    throw BadInput.data("shape", "dimensions of at least 0, less than 2^63 bytes in all", shape.dims(), where);
  }

  private static void requireMasked(long size, DType dtype, DType stored, StoredMask mask, long bytes, String where) {
    if (mask.rice() < 0 || mask.rice() > RiceCode.MAX_PARAMETER) {
      throw BadInput.data("rice", "0 to " + RiceCode.MAX_PARAMETER, mask.rice(), where);
    }
    if (mask.values() < 0 || mask.values() > size) {
      throw BadInput.data("values", "0 to " + size, mask.values(), where);
    }
    long least = Math.max(mask.values() * stored.bytes() + 1, leastBytes(size * dtype.bytes()));
    long most = size * stored.bytes();
    if (bytes < least || bytes > most) {
      throw BadInput.data("bytes", least + " to " + most, bytes, where);
    }
  }

  /** The fewest bytes in a file that may become so many in memory. */
  static long leastBytes(long inMemory) {
    return inMemory / MAX_EXPANSION + (inMemory % MAX_EXPANSION == 0 ? 0 : 1);
  }

  /** Size of the tensor in memory. */
  @JsonIgnore
  long bytesInMemory() {
    return shape.size() * dtype.bytes();
  }

  /** Size of the mask, which the values follow. */
  @JsonIgnore
  int maskBytes() {
    return mask.map(m -> Math.toIntExact(bytes - m.values() * stored.bytes())).orElse(0);
  }
}
