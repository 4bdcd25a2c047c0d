package dev.sparrow.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums of files as lower-case hexadecimal digits: SHA-256 for what we write, MD5 where a publisher gives only that. */
public final class Checksums {

  private static final int BUFFER = 1 << 16;

  private Checksums() {}

  /**
   * The SHA-256 of a file.
   *
   * @param file read once, in pieces
   * @return 64 hexadecimal digits
   * @throws IOException if it cannot be read
   */
  public static String sha256(Path file) throws IOException {
    return ofFile(file, sha256());
  }

  /**
   * The MD5 of a file: tells a damaged download from a whole one, and is no protection against forgery.
   *
   * @param file read once, in pieces
   * @return 32 hexadecimal digits
   * @throws IOException if it cannot be read
   */
  public static String md5(Path file) throws IOException {
    return ofFile(file, digest("MD5"));
  }

  /**
   * The MD5 of what is left in a stream.
   *
   * @param stream read to its end, left open
   * @return 32 hexadecimal digits
   * @throws IOException if it cannot be read
   */
  public static String md5(InputStream stream) throws IOException {
    return ofStream(stream, digest("MD5"));
  }

  /**
   * A SHA-256 to be fed piece by piece.
   *
   * @return a fresh one
   */
  public static MessageDigest sha256() {
    return digest("SHA-256");
  }

  /**
   * Ends a checksum.
   *
   * @param digest what was fed; is reset
   * @return its hexadecimal digits
   */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String ofFile(Path file, MessageDigest digest) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ofStream(in, digest);
    }
  }

  private static String ofStream(InputStream in, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return hex(digest);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
