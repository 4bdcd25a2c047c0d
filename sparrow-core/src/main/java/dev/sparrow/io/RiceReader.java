package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the gaps of a mask, see {@link RiceCode}. */
final class RiceReader {

  /** Bytes that may be looked at behind the mask, whatever they are. */
  static final int LOOK_AHEAD = Long.BYTES;

  /** What one look surely shows, from any bit of a byte on. */
  private static final int SEEN = Long.SIZE - Byte.SIZE + 1;

  private final ByteBuffer bytes;
  private final long end;
  private final int parameter;
  private final String where;
  private long position;

  /**
   * A reader from the first gap on.
   *
   * @param bytes begins with the mask, and has {@link #LOOK_AHEAD} bytes after it
   * @param length of the mask, in bytes
   * @param parameter of the code
   * @param where for messages
   */
  RiceReader(ByteBuffer bytes, int length, int parameter, String where) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.end = (long) length * Byte.SIZE;
    this.parameter = parameter;
    this.where = where;
  }

  /**
   * The next gap.
   *
   * @param limit the largest that it may be
   * @return its length
   * @throws BadInput if it is longer, or the mask ends before it
   */
  int next(int limit) {
    long quotient = 0;
    long bits = look();
    while (bits == 0) {
      quotient += SEEN;
      position += SEEN;
      bits = look();
    }
    int zeros = Long.numberOfTrailingZeros(bits);
    quotient += zeros;
    position += zeros + 1;
    long remainder = look() & (1L << parameter) - 1;
    position += parameter;
    requireWithin();
    if (quotient > limit >>> parameter || (quotient << parameter) + remainder > limit) {
      throw BadInput.data("mask", "a gap of at most " + limit, "a longer one", where);
    }
    return (int) ((quotient << parameter) + remainder);
  }

  /** The bits from the position on, the next one lowest; zeros after those that are seen. */
  private long look() {
    requireWithin();
    return bytes.getLong((int) (position >>> 3)) >>> (position & 7);
  }

  private void requireWithin() {
    if (position > end) {
      throw BadInput.data("mask", "another gap", "its end", where);
    }
  }

  /** Checks that nothing but the zeros that fill the last byte is left. */
  void requireEnd() {
    long left = end - position;
    if (left >= Byte.SIZE || (look() & (1L << left) - 1) != 0) {
      throw BadInput.data("mask", "less than a byte of zeros after the last gap", left + " bits", where);
    }
  }
}
