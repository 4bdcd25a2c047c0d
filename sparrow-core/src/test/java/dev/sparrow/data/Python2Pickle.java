package dev.sparrow.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the opcodes of a dictionary as Python 2 and its numpy wrote them in protocol 2; one entry per call. */
final class Python2Pickle {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Python2Pickle() {
    bytes(0x80, 2);
    text("}(");
  }

  /** A list of integers up to 255. */
  Python2Pickle numbers(String key, int... values) {
    string(key);
    text("](");
    for (int value : values) {
      bytes('K', value);
    }
    text("e");
    return this;
  }

  /** A list of str. */
  Python2Pickle strings(String key, String... values) {
    string(key);
    text("](");
    for (String value : values) {
      string(value);
    }
    text("e");
    return this;
  }

  /** A uint8 array [rows, columns], rebuilt by numpy's {@code _reconstruct}. */
  Python2Pickle array(String key, int rows, int columns, byte[] content) {
    string(key);
    text("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n");
    bytes('K', 0, 0x85);
    string("b");
    bytes(0x87, 'R', '(', 'K', 1, 'K', rows, 'M', columns & 0xff, columns >> 8, 0x86);
    text("cnumpy\ndtype\n");
    string("u1");
    bytes('K', 0, 'K', 1, 0x87, 'R', '(', 'K', 3);
    string("|");
    bytes('N', 'N', 'N', 'J', 0xff, 0xff, 0xff, 0xff, 'J', 0xff, 0xff, 0xff, 0xff, 'K', 0, 't', 'b', 0x89, 'T');
    bytes(content.length & 0xff, content.length >> 8 & 0xff, content.length >> 16 & 0xff, content.length >> 24);
    out.writeBytes(content);
    text("tb");
    return this;
  }

  /** The finished pickle. */
  byte[] end() {
    text("u.");
    return out.toByteArray();
  }

  private void string(String value) {
    bytes('U', value.length());
    text(value);
  }

  private void text(String latin1) {
    out.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void bytes(int... values) {
    for (int value : values) {
      out.write(value);
    }
  }
}
