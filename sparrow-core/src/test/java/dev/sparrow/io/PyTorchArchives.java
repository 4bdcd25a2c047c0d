package dev.sparrow.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Checkpoints around pickles that were written by hand, one character per byte. */
final class PyTorchArchives {

  /** The magic number, the version and the facts of the machine. */
  private static final String STREAM_HEAD =
      "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M\u00e9\u0003.\u0080\u0002}U\rlittle_endian\u0088s.";

  private PyTorchArchives() {}

  /** The zip format. */
  static Path zip(Path file, String pickle, Map<String, byte[]> storages) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data.pkl", bytes(pickle));
    storages.forEach((key, values) -> entries.put("data/" + key, values));
    return entries(file, entries);
  }

  /** Stored entries of the folder {@code archive}. */
  static Path entries(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream target = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(target)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        CRC32 checksum = new CRC32();
        checksum.update(entry.getValue());
        ZipEntry head = new ZipEntry("archive/" + entry.getKey());
        head.setMethod(ZipEntry.STORED);
        head.setSize(entry.getValue().length);
        head.setCrc(checksum.getValue());
        zip.putNextEntry(head);
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  /** The stream format; the storages are what stands behind the list of their keys. */
  static Path stream(Path file, String pickle, String keys, byte[]... storages) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(bytes(STREAM_HEAD + pickle + keys));
    for (byte[] storage : storages) {
      all.writeBytes(storage);
    }
    return Files.write(file, all.toByteArray());
  }

  static byte[] bytes(String pickle) {
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A float storage that is mentioned for the first time: key of one character, number of elements below 2^31. */
  static String floats(String key, int elements) {
    return "((U\u0007storagectorch\nFloatStorage\nU\u0001" + key + "U\u0003cpu" + whole(elements) + "tQ";
  }

  /** {@code _rebuild_tensor_v2} of a storage that was just pushed behind a mark. */
  static String tensor(String storage, String offset, String size, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n" + storage + offset + "(" + size + "t(" + strides + "t\u0089}tR";
  }

  static String whole(int value) {
    return "J" + (char) (value & 0xff) + (char) (value >> 8 & 0xff) + (char) (value >> 16 & 0xff) + (char) (value >>> 24);
  }

  /** A text of Python 2. */
  static String text(String text) {
    return "U" + (char) text.length() + text;
  }
}
