package dev.sparrow.io;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * An open safetensors file: the header is checked on opening, tensors are read one at a time when asked for.
 *
 * <p>Ranges are read rather than mapped: a mapping outlives {@link #close()}, which keeps Windows from replacing the file, and a file
 * that shrinks under a mapping kills the program.
 */
public final class SafetensorsFile implements TensorArchive {

  private static final long MAX_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final long dataStart;

  private SafetensorsFile(Path file, FileChannel channel, long headerBytes) throws IOException {
    this.file = file;
    this.channel = channel;
    this.dataStart = Long.BYTES + headerBytes;
    byte[] json = new byte[(int) headerBytes];
    readFully(ByteBuffer.wrap(json), Long.BYTES);
    this.header = SafetensorsHeader.parse(json, channel.size() - dataStart, file);
  }

  static SafetensorsFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw BadInput.data("safetensors", "a file", Files.exists(file) ? "a folder" : "nothing", file);
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new SafetensorsFile(file, channel, headerBytes(file, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static long headerBytes(Path file, FileChannel channel) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (length.hasRemaining()) {
      if (channel.read(length, length.position()) < 0) {
        throw BadInput.data("safetensors", "at least 8 bytes", channel.size(), file);
      }
    }
    long bytes = length.getLong(0);
    long limit = Math.min(MAX_HEADER, channel.size() - Long.BYTES);
    if (bytes < 0 || bytes > limit) {
      throw BadInput.data("safetensors header length", "at most " + limit, Long.toUnsignedString(bytes), file);
    }
    return bytes;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(header.tensors().keySet());
  }

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /**
   * Type, shape and place of a tensor, without reading it.
   *
   * @param name one of {@link #names()}
   * @return its entry
   * @throws BadInput if the file has no such tensor
   */
  public TensorEntry entry(String name) {
    if (!header.tensors().containsKey(name)) {
      throw BadInput.data("tensor", "'" + name + "'", "no tensor of that name", file);
    }
    return header.tensors().get(name);
  }

  @Override
  public DType dtype(String name) {
    return entry(name).dtype();
  }

  @Override
  public Shape shape(String name) {
    return entry(name).shape();
  }

  @Override
  public void readInto(String name, ByteBuffer target) throws IOException {
    TensorEntry entry = entry(name);
    if (target.remaining() != entry.bytes()) {
      throw BadInput.data("tensor '" + name + "'", target.remaining() + " bytes", entry.bytes(), file);
    }
    readFully(target, dataStart + entry.begin());
  }

  private void readFully(ByteBuffer target, long from) throws IOException {
    long position = from;
    while (target.hasRemaining()) {
      int n = channel.read(target, position);
      if (n < 0) {
        throw BadInput.data("safetensors", target.remaining() + " more bytes", "end of file", file);
      }
      position += n;
    }
  }

  /** Closes the file. Tensors that were read stay valid. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
