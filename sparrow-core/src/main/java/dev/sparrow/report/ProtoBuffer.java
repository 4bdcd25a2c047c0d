package dev.sparrow.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One message in Protocol Buffers' wire format, as much of it as event files need. Each field is its number and wire type as a varint, then
 * its value; fields of a repeated kind are simply written again.
 */
final class ProtoBuffer {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** An {@code int64} or an enum constant. */
  ProtoBuffer number(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /** A {@code double}. */
  ProtoBuffer real(int field, double value) {
    key(field, FIXED_64);
    out.writeBytes(ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    return this;
  }

  /** A {@code float}. */
  ProtoBuffer single(int field, float value) {
    key(field, FIXED_32);
    out.writeBytes(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  /** A {@code string}. */
  ProtoBuffer text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message within this one. */
  ProtoBuffer message(int field, ProtoBuffer value) {
    return bytes(field, value.bytes());
  }

  /** The message so far. */
  byte[] bytes() {
    return out.toByteArray();
  }

  private ProtoBuffer bytes(int field, byte[] value) {
    key(field, LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void key(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  /** Seven bits per byte, the lowest first; all but the last byte have the high bit set. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
