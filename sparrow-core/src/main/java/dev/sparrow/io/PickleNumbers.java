package dev.sparrow.io;

import java.io.IOException;
import java.math.BigInteger;

/** The number formats of pickles. */
final class PickleNumbers {

  /** Larger ones take quadratic time to handle, and plain data has none. */
  private static final int MAX_BYTES = 255;

  private PickleNumbers() {}

  /** Two's complement, little-endian. */
  static Number ofBytes(PickleInput input, long length) throws IOException {
    if (length > MAX_BYTES) {
      throw new PickleFault("an integer of at most " + MAX_BYTES + " bytes", length);
    }
    byte[] bytes = input.bytes(length);
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
    return narrowed(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
  }

  /** {@code 00} and {@code 01} are how protocols below 2 write booleans. */
  static Object ofText(String line) {
    if (line.equals("00") || line.equals("01")) {
      return line.equals("01");
    }
    String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    if (!digits.matches("-?[0-9]+")) {
      throw new PickleFault("a whole number", "'" + line + "'");
    }
    return narrowed(new BigInteger(digits));
  }

  private static Number narrowed(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value;
  }

  static double floatOfText(String line) {
    try {
      return Double.parseDouble(line);
    } catch (NumberFormatException e) {
      throw new PickleFault("a number", "'" + line + "'");
    }
  }

  static long index(String line) {
    if (!line.matches("[0-9]{1,18}")) {
      throw new PickleFault("a memo index", "'" + line + "'");
    }
    return Long.parseLong(line);
  }
}
