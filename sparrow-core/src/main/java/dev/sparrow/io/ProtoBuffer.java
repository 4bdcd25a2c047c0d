package dev.sparrow.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One message in Protocol Buffers' wire format, as much of it as event files and ONNX models need. Each field is its number and wire type as
 * a varint, then its value; fields of a repeated kind are simply written again.
 *
 * <p>Large values and messages within messages are not copied, so that a model of some hundred megabytes is in memory once.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">The format's description</a>
 */
public final class ProtoBuffer {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  /** What is finished, in order; {@link #tail} follows. */
  private final List<ByteBuffer> chunks = new ArrayList<>();

  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();

  /**
   * Adds an {@code int64} or an enum constant.
   *
   * @param field its number
   * @param value its value
   * @return this message
   */
  public ProtoBuffer number(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /**
   * Adds a {@code double}.
   *
   * @param field its number
   * @param value its value
   * @return this message
   */
  public ProtoBuffer real(int field, double value) {
    key(field, FIXED_64);
    tail.writeBytes(ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    return this;
  }

  /**
   * Adds a {@code float}.
   *
   * @param field its number
   * @param value its value
   * @return this message
   */
  public ProtoBuffer single(int field, float value) {
    key(field, FIXED_32);
    tail.writeBytes(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  /**
   * Adds a {@code string}.
   *
   * @param field its number
   * @param value its value
   * @return this message
   */
  public ProtoBuffer text(int field, String value) {
    return bytes(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Adds a {@code bytes} field.
   *
   * @param field its number
   * @param value what remains in it; not copied, and not to be changed until this message is written
   * @return this message
   */
  public ProtoBuffer bytes(int field, ByteBuffer value) {
    key(field, LENGTH_DELIMITED);
    varint(value.remaining());
    endChunk();
    chunks.add(value.slice());
    return this;
  }

  /**
   * Adds a message within this one.
   *
   * @param field its number
   * @param value the message, with the fields that it has now
   * @return this message
   */
  public ProtoBuffer message(int field, ProtoBuffer value) {
    value.endChunk();
    key(field, LENGTH_DELIMITED);
    varint(value.size());
    endChunk();
    chunks.addAll(value.chunks);
    return this;
  }

  /**
   * The length of the message so far. Readers refuse messages of 2 GiB and more.
   *
   * @return in bytes
   */
  public long size() {
    return chunks.stream().mapToLong(ByteBuffer::remaining).sum() + tail.size();
  }

  /**
   * The message so far.
   *
   * @return its bytes
   */
  public byte[] toBytes() {
    endChunk();
    ByteBuffer whole = ByteBuffer.allocate(Math.toIntExact(size()));
    chunks.forEach(chunk -> whole.put(chunk.duplicate()));
    return whole.array();
  }

  /**
   * Writes the message so far.
   *
   * @param channel where to
   * @throws IOException if the channel fails
   */
  public void writeTo(WritableByteChannel channel) throws IOException {
    endChunk();
    for (ByteBuffer chunk : chunks) {
      AtomicFiles.writeFully(channel, chunk.duplicate());
    }
  }

  private void endChunk() {
    if (tail.size() > 0) {
      chunks.add(ByteBuffer.wrap(tail.toByteArray()));
      tail.reset();
    }
  }

  private void key(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  /** Seven bits per byte, the lowest first; all but the last byte have the high bit set. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      tail.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    tail.write((int) rest);
  }
}
