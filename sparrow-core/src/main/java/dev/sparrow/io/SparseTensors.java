package dev.sparrow.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sparrow-sparse format: named tensors, of which those with many zeros are stored as a mask and the values that are not zero, all under
 * one checksum. Its bytes are described in {@code docs/sparrow-sparse.md}.
 */
public final class SparseTensors {

  /** The name of the format. */
  static final String FORMAT = "sparrow-sparse";

  /** The only version. */
  static final int VERSION = 1;

  /** Magic, version and length of the header. */
  static final int PREFIX = 16;

  private static final byte[] MAGIC = {(byte) 0x89, 'S', 'P', 'A', 'R', 'R', 'O', 'W'};

  private SparseTensors() {}

  /**
   * Whether a file is of this format.
   *
   * @param file any file, or none
   * @return whether it begins as such files do
   * @throws IOException if it is there and cannot be read
   */
  static boolean recognises(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return Arrays.equals(stream.readNBytes(MAGIC.length), MAGIC);
    }
  }

  /**
   * Opens a file, and checks its checksum and its header.
   *
   * @param file the file
   * @return to be closed by the caller
   * @throws IOException if it cannot be read
   * @throws dev.sparrow.BadInput if it is missing or not a sound sparrow-sparse file
   */
  public static TensorArchive read(Path file) throws IOException {
    return SparseTensorsFile.open(file);
  }

  /**
   * Writes a file, atomically (see {@link AtomicFiles}). Equal tensors give equal bytes. Takes memory for the
   * masks and values of tensors with zeros, as much as they take in the file.
   *
   * @param file the file; replaced if it exists
   * @param tensors name to tensor; the file keeps the map's order
   * @param rounded names of float32 tensors to be stored as bfloat16, rounded to nearest even; they are read back as float32
   * @param metadata free text stored with the tensors; may be empty
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Map<String, TensorData> tensors, Set<String> rounded, Map<String, String> metadata)
      throws IOException {
    List<EncodedTensor> encoded = new ArrayList<>();
    tensors.forEach((name, tensor) -> encoded.add(EncodedTensor.of(name, tensor, rounded.contains(name))));
    byte[] header = new SparseTensorsHeader(metadata, encoded.stream().map(EncodedTensor::entry).toList()).toBytes();
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put(MAGIC).putInt(VERSION).putInt(header.length).flip();
    AtomicFiles.writeChannel(
        file,
        channel -> {
          MessageDigest digest = Checksums.sha256();
          write(channel, digest, prefix);
          write(channel, digest, ByteBuffer.wrap(header));
          for (EncodedTensor tensor : encoded) {
            write(channel, digest, tensor.mask());
            write(channel, digest, tensor.values());
          }
          AtomicFiles.writeFully(channel, ByteBuffer.wrap(digest.digest()));
        });
  }

  private static void write(WritableByteChannel channel, MessageDigest digest, ByteBuffer bytes) throws IOException {
    digest.update(bytes.duplicate());
    AtomicFiles.writeFully(channel, bytes.duplicate());
  }
}
