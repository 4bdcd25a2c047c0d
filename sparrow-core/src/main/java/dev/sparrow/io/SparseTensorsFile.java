package dev.sparrow.io;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An open sparrow-sparse file: checksum and header are checked on opening, tensors are read one at a time when asked for. Reading a tensor
 * takes memory for its bytes in the file, for a while.
 */
final class SparseTensorsFile implements TensorArchive {

  private static final int CHECKSUM = 32;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, String> metadata;
  private final Map<String, Place> places = new LinkedHashMap<>();

  /** A tensor's entry and where its bytes begin. */
  private record Place(SparseTensorEntry entry, long begin) {}

  private SparseTensorsFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    int headerBytes = prefix();
    requireChecksum();
    long begin = SparseTensors.PREFIX + headerBytes;
    byte[] json = read(SparseTensors.PREFIX, headerBytes, headerBytes).array();
    SparseTensorsHeader header = SparseTensorsHeader.parse(json, channel.size() - CHECKSUM - begin, file);
    this.metadata = header.metadata();
    for (SparseTensorEntry entry : header.tensors()) {
      places.put(entry.name(), new Place(entry, begin));
      begin += entry.bytes();
    }
  }

  static SparseTensorsFile open(Path file) throws IOException {
    if (!SparseTensors.recognises(file)) {
      throw BadInput.data(SparseTensors.FORMAT, "a file of this format", Files.exists(file) ? "another" : "nothing", file);
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new SparseTensorsFile(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Checks the version; gives the header's length. */
  private int prefix() throws IOException {
    long least = SparseTensors.PREFIX + CHECKSUM;
    if (channel.size() < least) {
      throw BadInput.data(SparseTensors.FORMAT, "at least " + least + " bytes", channel.size(), file);
    }
    ByteBuffer prefix = read(0, SparseTensors.PREFIX, SparseTensors.PREFIX);
    int version = prefix.getInt(Long.BYTES);
    if (version != SparseTensors.VERSION) {
      throw BadInput.data(SparseTensors.FORMAT + " version", SparseTensors.VERSION, Integer.toUnsignedString(version), file);
    }
    int headerBytes = prefix.getInt(Long.BYTES + Integer.BYTES);
    long most = Math.min(SparseTensorsHeader.MAX_BYTES, channel.size() - least);
    if (headerBytes < 0 || headerBytes > most) {
      throw BadInput.data(SparseTensors.FORMAT + " header length", "at most " + most, Integer.toUnsignedString(headerBytes), file);
    }
    return headerBytes;
  }

  private void requireChecksum() throws IOException {
    long end = channel.size() - CHECKSUM;
    MessageDigest digest = Checksums.sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (long position = 0; position < end; position += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, end - position));
      fill(buffer, position);
      digest.update(buffer.flip());
    }
    String expected = HexFormat.of().formatHex(read(end, CHECKSUM, CHECKSUM).array());
    String got = Checksums.hex(digest);
    if (!got.equals(expected)) {
      throw BadInput.data(SparseTensors.FORMAT + " checksum", expected, got, file);
    }
  }

  @Override
  public String format() {
    return SparseTensors.FORMAT;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(places.keySet());
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public DType dtype(String name) {
    return place(name).entry.dtype();
  }

  @Override
  public Shape shape(String name) {
    return place(name).entry.shape();
  }

  private Place place(String name) {
    if (!places.containsKey(name)) {
      throw BadInput.data("tensor", "'" + name + "'", "no tensor of that name", file);
    }
    return places.get(name);
  }

  @Override
  public void readInto(String name, ByteBuffer target) throws IOException {
    Place place = place(name);
    SparseTensorEntry entry = place.entry;
    if (target.remaining() != entry.bytesInMemory()) {
      throw BadInput.data("tensor '" + name + "'", target.remaining() + " bytes", entry.bytesInMemory(), file);
    }
    if (entry.mask().isEmpty() && entry.stored() == entry.dtype()) {
      fill(target, place.begin);
      return;
    }
    int bytes = Math.toIntExact(entry.bytes());
    ByteBuffer stored = read(place.begin, bytes, bytes + RiceReader.LOOK_AHEAD);
    ByteBuffer elements = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    String where = "tensor '" + name + "' in " + file;
    if (entry.mask().isPresent()) {
      new SparseTensorDecoder(entry, where).decode(stored, elements);
    } else {
      TensorConversion.widen(new TensorData(entry.stored(), entry.shape(), stored), elements, where);
    }
    target.position(target.limit());
  }

  /** Reads a range into an array that may be longer. */
  private ByteBuffer read(long from, int bytes, int capacity) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).limit(bytes);
    fill(buffer, from);
    return buffer.flip();
  }

  private void fill(ByteBuffer target, long from) throws IOException {
    long position = from;
    while (target.hasRemaining()) {
      int n = channel.read(target, position);
      if (n < 0) {
        throw BadInput.data(SparseTensors.FORMAT, target.remaining() + " more bytes", "end of file", file);
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
