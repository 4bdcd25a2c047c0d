package dev.sparrow.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote before PyTorch 1.6, and still does when told so: five pickles (a magic number, the format's version, facts
 * of the machine, the object, the keys of its storages), then for every key the number of elements and the elements.
 */
final class PyTorchStream implements PyTorchContainer {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private final FileChannel channel;
  private final Map<String, Long> positions = new HashMap<>();
  private final Object content;

  private PyTorchStream(Path file, FileChannel channel) throws IOException {
    this.channel = channel;
    long size = channel.size();
    PyTorchGlobals globals = new PyTorchGlobals(size);
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      PickleInput input = new PickleInput(stream, size);
      require("PyTorch's magic number", MAGIC, globals.unpickle(input));
      require("version " + VERSION, VERSION, globals.unpickle(input));
      if (!(globals.unpickle(input) instanceof Map<?, ?> machine) || !Boolean.TRUE.equals(machine.get("little_endian"))) {
        throw new PickleFault("a little-endian machine", "another one");
      }
      this.content = globals.unpickle(input);
      locate(globals.unpickle(input), globals.storages(), size - input.remaining());
    }
  }

  static PyTorchStream open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new PyTorchStream(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void require(String what, Object expected, Object got) {
    if (!expected.equals(got)) {
      throw new PickleFault(what, got instanceof Number ? got : PickleFault.kind(got));
    }
  }

  private void locate(Object keys, Map<String, PyTorchStorage> storages, long start) throws IOException {
    if (!(keys instanceof List<?> list)) {
      throw new PickleFault("a list of storages", PickleFault.kind(keys));
    }
    long position = start;
    for (Object key : list) {
      if (!(key instanceof String name) || !storages.containsKey(name)) {
        throw new PickleFault("storages that tensors use", key instanceof String ? "'" + key + "'" : PickleFault.kind(key));
      }
      PyTorchStorage storage = storages.get(name);
      long elements = read(Long.BYTES, position).getLong();
      if (elements != storage.elements()) {
        throw new PickleFault(storage.elements() + " elements in storage '" + name + "'", elements);
      }
      if (positions.put(name, position + Long.BYTES) != null) {
        throw new PickleFault("each storage once", "'" + name + "' twice");
      }
      position += Long.BYTES + storage.bytes();
      if (position > channel.size()) {
        throw new PickleFault((position - channel.size()) + " more bytes", "end of file");
      }
    }
    for (String name : storages.keySet()) {
      if (!positions.containsKey(name)) {
        throw new PickleFault("storage '" + name + "' in the file", "none");
      }
    }
  }

  private ByteBuffer read(int length, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new PickleFault(bytes.remaining() + " more bytes", "end of file");
      }
    }
    return bytes.flip();
  }

  @Override
  public Object content() {
    return content;
  }

  @Override
  public ByteBuffer bytes(PyTorchStorage storage, int from, int length) throws IOException {
    return read(length, positions.get(storage.key()) + from);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
