package dev.sparrow.io;

/** The type of a tensor's elements as files name it; all are stored little-endian. */
public enum DType {
  /** One byte, 0 or 1. */
  BOOL(1),
  /** Unsigned 8-bit integer. */
  U8(1),
  /** Signed 8-bit integer. */
  I8(1),
  /** Unsigned 16-bit integer. */
  U16(2),
  /** Signed 16-bit integer. */
  I16(2),
  /** Unsigned 32-bit integer. */
  U32(4),
  /** Signed 32-bit integer. */
  I32(4),
  /** Unsigned 64-bit integer. */
  U64(8),
  /** Signed 64-bit integer. */
  I64(8),
  /** Eight-bit float with five bits of exponent: the upper half of a half-precision number. */
  F8_E5M2(1),
  /** Eight-bit float with four bits of exponent and without infinities. */
  F8_E4M3(1),
  /** IEEE 754 half precision. */
  F16(2),
  /** The upper half of a 32-bit float. */
  BF16(2),
  /** IEEE 754 single precision. */
  F32(4),
  /** IEEE 754 double precision. */
  F64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The size of one element.
   *
   * @return 1, 2, 4 or 8
   */
  public int bytes() {
    return bytes;
  }
}
