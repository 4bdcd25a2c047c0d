package dev.sparrow.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip archive as PyTorch writes them: {@code NAME/data.pkl} and other entries of the same folder. Those of a checkpoint are stored, those
 * of a program may be compressed. Every entry that is read is held against its size and its checksum.
 */
final class PyTorchArchive implements AutoCloseable {

  private static final String PICKLE = "data.pkl";
  private static final int BUFFER = 1 << 13;

  /** The largest network has two thousand tensors; every entry costs memory, however small it is. */
  private static final int MOST_ENTRIES = 20_000;

  /** What compressed entries may become together, for a file of no size; code is small. */
  private static final long SPARE_BYTES = 1 << 24;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private final Set<String> verified = new HashSet<>();
  private final String root;

  private PyTorchArchive(Path file, ZipFile zip) throws IOException {
    this.zip = zip;
    if (zip.size() > MOST_ENTRIES) {
      throw new PickleFault("at most " + MOST_ENTRIES + " entries in the archive", zip.size());
    }
    long fileSize = Files.size(file);
    long compressed = fileSize;
    long whole = 2 * fileSize + SPARE_BYTES;
    for (Iterator<? extends ZipEntry> all = zip.entries().asIterator(); all.hasNext(); ) {
      ZipEntry entry = all.next();
      add(entry);
      compressed -= entry.getCompressedSize();
      whole -= entry.getSize();
      if (compressed < 0 || whole < 0) {
        throw new PickleFault("entries that fit into the archive", "more bytes than it has");
      }
    }
    this.root = root();
  }

  /**
   * Opens an archive and looks at the names and sizes in it.
   *
   * @param file the archive
   * @return to be closed by the caller
   * @throws PickleFault if it is none of PyTorch's
   * @throws IOException if it is no zip archive, or cannot be read
   */
  static PyTorchArchive open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    try {
      return new PyTorchArchive(file, zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void add(ZipEntry entry) {
    String name = entry.getName();
    if (name.startsWith("/") || name.contains("\\") || List.of(name.split("/")).contains("..")) {
      throw new PickleFault("plain names in the archive", "'" + name + "'");
    }
    if (entries.put(name, entry) != null) {
      throw new PickleFault("each name once in the archive", "'" + name + "' twice");
    }
  }

  private String root() {
    List<String> pickles =
        entries.keySet().stream().filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/')).toList();
    if (pickles.size() != 1) {
      throw new PickleFault("an archive with one " + PICKLE, pickles.isEmpty() ? "none" : pickles);
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  /** Whether it holds a program, of {@code torch.jit.save}, and not only data, of {@code torch.save}. */
  boolean isProgram() {
    return holds("constants.pkl");
  }

  /** Whether there is an entry of that name in the archive's folder. */
  boolean holds(String name) {
    return entries.containsKey(root + name);
  }

  /** Refuses compressed entries: stored ones cannot grow when they are read. */
  void requireStored() {
    for (ZipEntry entry : entries.values()) {
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
        throw new PickleFault("stored entries", "a compressed one, '" + entry.getName() + "'");
      }
    }
  }

  /** Holds every entry against its size and its checksum. */
  void requireSound() throws IOException {
    for (ZipEntry entry : entries.values()) {
      verify(entry);
    }
  }

  /** Holds an entry against its size and its checksum without keeping it, once. */
  private void verify(ZipEntry entry) throws IOException {
    if (!verified.add(entry.getName())) {
      return;
    }
    byte[] buffer = new byte[BUFFER];
    CRC32 checksum = new CRC32();
    long left = entry.getSize();
    try (InputStream stream = zip.getInputStream(entry)) {
      for (int n = stream.read(buffer); n > 0 && left >= 0; n = stream.read(buffer)) {
        checksum.update(buffer, 0, n);
        left -= n;
      }
    }
    requireChecksum(entry, left == 0, checksum);
  }

  /** The bytes of an entry of the archive's folder. */
  byte[] read(String name) throws IOException {
    ZipEntry entry = entry(name);
    if (entry.getSize() > Integer.MAX_VALUE - 8) {
      throw new PickleFault("entries of less than 2 GiB", entry.getSize() + " bytes in '" + entry.getName() + "'");
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    int length;
    try (InputStream stream = zip.getInputStream(entry)) {
      length = stream.readNBytes(bytes, 0, bytes.length);
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    requireChecksum(entry, length == bytes.length, checksum);
    return bytes;
  }

  /** Some of the bytes of a stored entry of the archive's folder, within its size. */
  byte[] read(String name, int from, int length) throws IOException {
    ZipEntry entry = entry(name);
    if (length == entry.getSize()) {
      return read(name);
    }
    verify(entry);
    byte[] bytes = new byte[length];
    try (InputStream stream = zip.getInputStream(entry)) {
      stream.skipNBytes(from);
      stream.readNBytes(bytes, 0, length);
    }
    return bytes;
  }

  private static void requireChecksum(ZipEntry entry, boolean whole, CRC32 checksum) {
    if (!whole || checksum.getValue() != entry.getCrc()) {
      throw new PickleFault("the checksum of '" + entry.getName() + "'", "another one");
    }
  }

  /** Bytes of an entry of the archive's folder. */
  long size(String name) {
    return entry(name).getSize();
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(root + name);
    if (entry == null) {
      throw new PickleFault("an entry '" + root + name + "'", "none");
    }
    return entry;
  }

  /** The pickle that says what is in the archive. */
  byte[] pickle() throws IOException {
    return read(PICKLE);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
