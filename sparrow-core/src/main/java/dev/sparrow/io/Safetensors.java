package dev.sparrow.io;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: the length of a header (8 bytes, little-endian), the header (JSON: each tensor's dtype, shape and offsets, and
 * {@code __metadata__}), the tensors' bytes without gaps. Plain data, readable from every framework, nothing in it can run.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format's description</a>
 */
public final class Safetensors {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * Whether a file may be of this format: where the header is, a JSON object begins, or the file ends before.
   *
   * @param file any file
   * @return false for what is certainly another format
   * @throws IOException if it cannot be read
   */
  static boolean recognises(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] head = stream.readNBytes(Long.BYTES + 1);
      return head.length <= Long.BYTES || head[Long.BYTES] == '{';
    }
  }

  /**
   * Opens a file and checks its header.
   *
   * @param file the file
   * @return to be closed by the caller
   * @throws IOException if it cannot be read
   * @throws dev.sparrow.BadInput if it is missing or not a sound safetensors file
   */
  public static SafetensorsFile read(Path file) throws IOException {
    return SafetensorsFile.open(file);
  }

  /**
   * Writes a file, atomically (see {@link AtomicFiles}).
   *
   * @param file the file; replaced if it exists
   * @param tensors name to tensor; the header keeps the map's order
   * @param metadata free text stored with the tensors; may be empty
   * @return the file's SHA-256 in hexadecimal digits
   * @throws IOException if it cannot be written
   */
  public static String write(Path file, Map<String, TensorData> tensors, Map<String, String> metadata) throws IOException {
    MessageDigest digest = Checksums.sha256();
    AtomicFiles.writeChannel(file, channel -> write(channel, digest, tensors, metadata));
    return Checksums.hex(digest);
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @param stream where to
   * @param tensors name to tensor; the header keeps the map's order
   * @param metadata free text stored with the tensors; may be empty
   * @return the SHA-256 of what was written, in hexadecimal digits
   * @throws IOException if the stream fails
   */
  public static String write(OutputStream stream, Map<String, TensorData> tensors, Map<String, String> metadata) throws IOException {
    MessageDigest digest = Checksums.sha256();
    write(Channels.newChannel(stream), digest, tensors, metadata);
    return Checksums.hex(digest);
  }

  private static void write(
      WritableByteChannel channel, MessageDigest digest, Map<String, TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    if (tensors.containsKey(SafetensorsHeader.METADATA)) {
      throw BadInput.data("tensor name", "anything else", SafetensorsHeader.METADATA, "safetensors header");
    }
    List<Map.Entry<String, TensorData>> layout = layout(tensors);
    write(channel, digest, header(tensors, offsets(layout), metadata));
    for (Map.Entry<String, TensorData> tensor : layout) {
      write(channel, digest, tensor.getValue().data());
    }
  }

  private static void write(WritableByteChannel channel, MessageDigest digest, ByteBuffer bytes) throws IOException {
    digest.update(bytes.duplicate());
    AtomicFiles.writeFully(channel, bytes);
  }

  /** Wide elements first: as there are no gaps, only this keeps every tensor aligned to its element, which PyTorch's reader needs. */
  private static List<Map.Entry<String, TensorData>> layout(Map<String, TensorData> tensors) {
    return tensors.entrySet().stream()
        .sorted(Comparator.comparingInt((Map.Entry<String, TensorData> e) -> e.getValue().dtype().bytes()).reversed())
        .toList();
  }

  private static Map<String, Long> offsets(List<Map.Entry<String, TensorData>> layout) {
    Map<String, Long> offsets = new LinkedHashMap<>();
    long next = 0;
    for (Map.Entry<String, TensorData> tensor : layout) {
      offsets.put(tensor.getKey(), next);
      next += tensor.getValue().data().remaining();
    }
    return offsets;
  }

  private static ByteBuffer header(Map<String, TensorData> tensors, Map<String, Long> offsets, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      root.set(SafetensorsHeader.METADATA, JSON.valueToTree(metadata));
    }
    tensors.forEach(
        (name, tensor) -> {
          long begin = offsets.get(name);
          ObjectNode entry = root.putObject(name).put("dtype", tensor.dtype().name());
          entry.set("shape", JSON.valueToTree(tensor.shape().dims()));
          entry.putArray("data_offsets").add(begin).add(begin + tensor.data().remaining());
        });
    byte[] json = JSON.writeValueAsBytes(root);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }
}
