package dev.sparrow.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** A pickle's bytes, read forwards; no length is believed, and no memory taken for it, before that much input is known to be left. */
final class PickleInput {

  private static final int MAX_LINE = 1_000;
  private static final int PIECE = 256;

  private final InputStream stream;
  private long remaining;

  PickleInput(InputStream stream, long size) {
    this.stream = stream;
    this.remaining = size;
  }

  /** Bytes after what was read. */
  long remaining() {
    return remaining;
  }

  int u1() throws IOException {
    require(1);
    int value = stream.read();
    if (value < 0) {
      throw new PickleFault("1 more byte", "end of file");
    }
    remaining--;
    return value;
  }

  int u2() throws IOException {
    return littleEndian(2).getShort() & 0xffff;
  }

  int i4() throws IOException {
    return littleEndian(4).getInt();
  }

  long u4() throws IOException {
    return Integer.toUnsignedLong(i4());
  }

  /** An unsigned 64-bit length; the absurd ones come out negative and fail {@link #require}. */
  long u8() throws IOException {
    return littleEndian(8).getLong();
  }

  /** The only big-endian field of the format. */
  double f8() throws IOException {
    return ByteBuffer.wrap(bytes(8)).getDouble();
  }

  byte[] bytes(long length) throws IOException {
    require(length);
    byte[] bytes = new byte[(int) length];
    int read = stream.readNBytes(bytes, 0, bytes.length);
    if (read < length) {
      throw new PickleFault((length - read) + " more bytes", "end of file");
    }
    remaining -= length;
    return bytes;
  }

  /** A Python 2 {@code str}: bytes, shown as Latin-1 text. */
  String latin1(long length) throws IOException {
    return new String(bytes(length), StandardCharsets.ISO_8859_1);
  }

  String utf8(long length) throws IOException {
    byte[] bytes = bytes(length);
    requireUtf8(ByteBuffer.wrap(bytes));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Decodes piece by piece into nothing: a decoder that keeps all would need three times the memory. */
  private static void requireUtf8(ByteBuffer bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer piece = CharBuffer.allocate(PIECE);
    CoderResult result;
    do {
      result = decoder.decode(bytes, piece.clear(), true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new PickleFault("UTF-8 text", "other bytes");
    }
  }

  /** A number or name of the text opcodes, without its newline. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = u1(); c != '\n'; c = u1()) {
      if (line.length() == MAX_LINE) {
        throw new PickleFault("a line of at most " + MAX_LINE + " characters", "a longer one");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  void require(long length) {
    if (length < 0 || length > remaining || length > Integer.MAX_VALUE - 8) {
      throw new PickleFault(Long.toUnsignedString(length) + " more bytes", remaining);
    }
  }

  private ByteBuffer littleEndian(int length) throws IOException {
    return ByteBuffer.wrap(bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
