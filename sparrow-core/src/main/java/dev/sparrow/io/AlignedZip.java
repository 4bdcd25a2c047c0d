package dev.sparrow.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip file of entries that are stored as they are, each beginning at a multiple of 64 bytes, so that a reader can map them into memory.
 * The padding is an extra field of the entry's header, as PyTorch does it. The same entries make the same bytes: there is no time in them.
 */
final class AlignedZip {

  static final int ALIGNMENT = 64;

  /** Signature, versions, flags, time, checksum, sizes and lengths in front of an entry's name. */
  private static final int FIXED_HEADER = 30;

  private static final int EXTRA_HEADER = 4;
  private static final short PADDING = 'F' | 'B' << 8;

  /** Any time will do, but at the very first one of the format Java adds an extra field of its own. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private static final int BUFFER = 1 << 16;

  private final ZipOutputStream zip;
  private long position;

  AlignedZip(OutputStream stream) {
    this.zip = new ZipOutputStream(stream);
  }

  /** Adds an entry; its buffer is left at its limit. */
  void add(String name, ByteBuffer content) throws IOException {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(content.duplicate());
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.remaining());
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(NO_TIME);
    byte[] extra = padding(position + FIXED_HEADER + ascii.length);
    entry.setExtra(extra);
    zip.putNextEntry(entry);
    position += FIXED_HEADER + ascii.length + extra.length + content.remaining();
    byte[] piece = new byte[BUFFER];
    while (content.hasRemaining()) {
      int length = Math.min(piece.length, content.remaining());
      content.get(piece, 0, length);
      zip.write(piece, 0, length);
    }
    zip.closeEntry();
  }

  /** The extra field that starts at a position and ends where an entry may begin. */
  private static byte[] padding(long start) {
    int length = Math.floorMod(-(start + EXTRA_HEADER), ALIGNMENT);
    return ByteBuffer.allocate(EXTRA_HEADER + length).order(ByteOrder.LITTLE_ENDIAN).putShort(PADDING).putShort((short) length).array();
  }

  /** Writes the directory; the stream stays open. */
  void finish() throws IOException {
    zip.finish();
    zip.flush();
  }
}
