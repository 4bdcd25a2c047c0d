package dev.sparrow.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What {@code torch.save} writes since PyTorch 1.6: a zip archive of stored entries, {@code NAME/data.pkl}, {@code NAME/data/KEY} for every
 * storage, and {@code NAME/byteorder}. Every entry that is read is held against its checksum.
 */
final class PyTorchZip implements PyTorchContainer {

  private static final String PICKLE = "data.pkl";

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;
  private final String root;
  private final Object content;

  private PyTorchZip(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    this.entries = entries();
    this.root = root();
    checkByteOrder();
    PyTorchGlobals globals = new PyTorchGlobals(Files.size(file));
    byte[] pickle = read(root + PICKLE);
    this.content = globals.unpickle(new PickleInput(new ByteArrayInputStream(pickle), pickle.length));
    for (PyTorchStorage storage : globals.storages().values()) {
      long size = entry(root + "data/" + storage.key()).getSize();
      if (size != storage.bytes()) {
        throw new PickleFault(storage.bytes() + " bytes in storage '" + storage.key() + "'", size);
      }
    }
  }

  static PyTorchZip open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    try {
      return new PyTorchZip(file, zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** Stored entries whose sizes together do not exceed the file's cannot grow when they are read. */
  private Map<String, ZipEntry> entries() throws IOException {
    Map<String, ZipEntry> byName = new HashMap<>();
    long left = Files.size(file);
    for (Iterator<? extends ZipEntry> all = zip.entries().asIterator(); all.hasNext(); ) {
      ZipEntry entry = all.next();
      String name = entry.getName();
      if (name.startsWith("/") || name.contains("\\") || List.of(name.split("/")).contains("..")) {
        throw new PickleFault("plain names in the archive", "'" + name + "'");
      }
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
        throw new PickleFault("stored entries", "a compressed one, '" + name + "'");
      }
      left -= entry.getSize();
      if (left < 0) {
        throw new PickleFault("entries that fit into the archive", "more bytes than it has");
      }
      if (byName.put(name, entry) != null) {
        throw new PickleFault("each name once in the archive", "'" + name + "' twice");
      }
    }
    return byName;
  }

  private String root() {
    List<String> pickles = entries.keySet().stream().filter(name -> name.matches("[^/]+/" + PICKLE)).toList();
    if (pickles.size() != 1) {
      throw new PickleFault("an archive with one " + PICKLE, pickles.isEmpty() ? "none" : pickles);
    }
    String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    if (entries.containsKey(folder + "constants.pkl")) {
      throw new PickleFault("a checkpoint of torch.save", "a TorchScript program");
    }
    return folder;
  }

  private void checkByteOrder() throws IOException {
    if (entries.containsKey(root + "byteorder")) { // files of PyTorch before 2.1 do not say, and are little-endian in practice
      String order = new String(read(root + "byteorder"), StandardCharsets.ISO_8859_1);
      if (!order.equals("little")) {
        throw new PickleFault("little-endian storages", order.equals("big") ? "big-endian ones" : "another byte order");
      }
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new PickleFault("an entry '" + name + "'", "none");
    }
    return entry;
  }

  private byte[] read(String name) throws IOException {
    ZipEntry entry = entry(name);
    if (entry.getSize() > Integer.MAX_VALUE - 8) {
      throw new PickleFault("entries of less than 2 GiB", entry.getSize() + " bytes in '" + name + "'");
    }
    byte[] bytes;
    try (InputStream stream = zip.getInputStream(entry)) {
      bytes = stream.readNBytes((int) entry.getSize());
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
      throw new PickleFault("the checksum of '" + name + "'", "another one");
    }
    return bytes;
  }

  @Override
  public Object content() {
    return content;
  }

  @Override
  public ByteBuffer bytes(PyTorchStorage storage) throws IOException {
    return ByteBuffer.wrap(read(root + "data/" + storage.key())).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
