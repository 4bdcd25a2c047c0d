package dev.sparrow.io;

import dev.sparrow.BadInput;
import dev.sparrow.io.SparseTensorEntry.StoredMask;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts the values of a masked tensor where its mask says, and zeros elsewhere. */
final class SparseTensorDecoder {

  private static final byte[] ZEROS = new byte[1 << 13];

  private final SparseTensorEntry entry;
  private final String where;

  SparseTensorDecoder(SparseTensorEntry entry, String where) {
    this.entry = entry;
    this.where = where;
  }

  /**
   * Decodes the tensor.
   *
   * @param stored little-endian; its bytes in the file, with room for {@link RiceReader#LOOK_AHEAD} more behind its limit
   * @param target little-endian; the tensor's memory from position 0
   * @throws dev.sparrow.BadInput if the mask is damaged
   */
  void decode(ByteBuffer stored, ByteBuffer target) {
    StoredMask mask = entry.mask().orElseThrow();
    int maskBytes = entry.maskBytes();
    ByteBuffer values = stored.slice(maskBytes, stored.limit() - maskBytes).order(ByteOrder.LITTLE_ENDIAN);
    RiceReader gaps = new RiceReader(stored.duplicate().limit(stored.capacity()), maskBytes, mask.rice(), where);
    fillWithZeros(target);
    int size = Math.toIntExact(entry.shape().size());
    int position = 0;
    for (long i = 0; i < mask.values(); i++) {
      position += gaps.next(size - position - 1);
      put(values, target, position);
      position++;
    }
    int left = size - position;
    if (gaps.next(left) != left) {
      throw BadInput.data("mask", "a last gap of " + left, "a shorter one", where);
    }
    gaps.requireEnd();
  }

  private static void fillWithZeros(ByteBuffer target) {
    ByteBuffer rest = target.duplicate();
    while (rest.hasRemaining()) {
      rest.put(ZEROS, 0, Math.min(ZEROS.length, rest.remaining()));
    }
  }

  private void put(ByteBuffer values, ByteBuffer target, int position) {
    if (entry.stored() != entry.dtype()) {
      target.putInt(position * Float.BYTES, values.getShort() << Short.SIZE); // the upper half of a float32
      return;
    }
    switch (entry.dtype().bytes()) {
      case Byte.BYTES -> target.put(position, values.get());
      case Short.BYTES -> target.putShort(position * Short.BYTES, values.getShort());
      case Integer.BYTES -> target.putInt(position * Integer.BYTES, values.getInt());
      default -> target.putLong(position * Long.BYTES, values.getLong());
    }
  }
}
