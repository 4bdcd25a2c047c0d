package dev.sparrow.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages a file's bytes in the ways in which files are damaged, and in those in which an attacker would: bytes and bits changed, pieces
 * missing, repeated or exchanged, numbers extreme. A seed always does the same damage.
 */
final class Damage {

  /** Lengths of the fields that file formats have. */
  private static final int[] FIELDS = {1, 2, 4, 8};

  private static final List<String> EXTREME_TEXTS =
      List.of(
          "0", "-1", "1", "999999999", "2147483647", "2147483648", "9223372036854775807", "99999999999999999999", "1e308", "0.5", "null");

  private static final int LONGEST_PIECE = 64;
  private static final int MOST_CHANGES = 4;

  /** One kind of damage. */
  private enum Kind {
    CHANGE_BYTE,
    FLIP_BIT,
    EXTREME_NUMBER,
    EXTREME_TEXT,
    INSERT,
    DELETE,
    REPEAT,
    SWAP,
    TRUNCATE
  }

  private Damage() {}

  /**
   * Damages a file's bytes.
   *
   * @param whole the sound bytes, left alone
   * @param seed which damage
   * @return other bytes; equal ones with a small probability
   */
  static byte[] of(byte[] whole, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = whole.clone();
    for (int change = random.nextInt(MOST_CHANGES); change >= 0 && bytes.length > 0; change--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(1 + random.nextInt(LONGEST_PIECE), bytes.length - at);
    switch (Kind.values()[random.nextInt(Kind.values().length)]) {
      case CHANGE_BYTE -> bytes[at] = (byte) random.nextInt(256);
      case FLIP_BIT -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case EXTREME_NUMBER -> extremeNumber(bytes, at, random);
      case EXTREME_TEXT -> {
        return extremeText(bytes, at, random);
      }
      case INSERT -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return joined(bytes, at, noise, at);
      }
      case DELETE -> {
        return joined(bytes, at, new byte[0], at + length);
      }
      case REPEAT -> {
        return joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
      }
      case SWAP -> swap(bytes, at, length, random);
      case TRUNCATE -> {
        return Arrays.copyOf(bytes, at);
      }
    }
    return bytes;
  }

  /** All ones, the largest and smallest of either byte order, or zero. */
  private static void extremeNumber(byte[] bytes, int at, SplittableRandom random) {
    int length = Math.min(FIELDS[random.nextInt(FIELDS.length)], bytes.length - at);
    int kind = random.nextInt(4);
    Arrays.fill(bytes, at, at + length, (byte) (kind == 0 || kind == 3 ? 0 : 0xff));
    int end = random.nextBoolean() ? at : at + length - 1;
    if (kind >= 2) {
      bytes[end] ^= (byte) 0x80; // of all ones the largest positive number, of zeros the smallest negative one
    }
  }

  /** Replaces the number in digits that comes next, if one does. */
  private static byte[] extremeText(byte[] bytes, int at, SplittableRandom random) {
    int begin = at;
    while (begin < bytes.length && !isDigit(bytes[begin])) {
      begin++;
    }
    int end = begin;
    while (end < bytes.length && isDigit(bytes[end])) {
      end++;
    }
    String text = EXTREME_TEXTS.get(random.nextInt(EXTREME_TEXTS.size()));
    return begin == end ? bytes : joined(bytes, begin, text.getBytes(StandardCharsets.US_ASCII), end);
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  /** Exchanges a piece with one of the same length elsewhere; overlapping ones become something else, which is damage too. */
  private static void swap(byte[] bytes, int at, int length, SplittableRandom random) {
    int other = random.nextInt(bytes.length - length + 1);
    byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
    System.arraycopy(bytes, other, bytes, at, length);
    System.arraycopy(piece, 0, bytes, other, length);
  }

  /** The bytes up to a place, others, and the bytes from another place on. */
  private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes.length + middle.length);
    joined.write(bytes, 0, until);
    joined.writeBytes(middle);
    joined.write(bytes, from, bytes.length - from);
    return joined.toByteArray();
  }
}
