package dev.sparrow.io;

import java.nio.charset.StandardCharsets;

/**
 * How many bytes may still be copied while a pickle is read. A few bytes of a pickle can ask for a copy of a large value that was stored
 * once; without a limit a small file could fill the memory.
 */
final class CopyBudget {

  private long left;

  CopyBudget(long bytes) {
    this.left = bytes;
  }

  void charge(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw new PickleFault("each value to be converted once", "more copies than the file has bytes for");
    }
  }

  /** The bytes that a Latin-1 text stands for. */
  byte[] latin1(String text) {
    charge(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      if (text.charAt(i) > 0xff) {
        throw new PickleFault("Latin-1 text", "character U+" + Integer.toHexString(text.charAt(i)));
      }
    }
    return bytes;
  }
}
