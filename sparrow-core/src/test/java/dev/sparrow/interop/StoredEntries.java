package dev.sparrow.interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Changes text in archives of stored entries, as somebody would who wants to be believed: with sound checksums. */
final class StoredEntries {

  private StoredEntries() {}

  /** Replaces a text by another of the same length, wherever it stands. */
  static byte[] replaced(byte[] archive, String from, String to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        byte[] content = text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
        ZipEntry changed = new ZipEntry(entry.getName());
        changed.setMethod(ZipEntry.STORED);
        changed.setSize(content.length);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        changed.setCrc(checksum.getValue());
        out.putNextEntry(changed);
        out.write(content);
      }
    }
    return bytes.toByteArray();
  }
}
