package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads text files that may come from anyone: UTF-8 without exception, and no larger than anything that belongs into one. */
final class TextFiles {

  /** The largest file of this project, a manifest with the history of many thousand epochs, has a few MB. */
  private static final int MOST_BYTES = 64 << 20;

  private TextFiles() {}

  /**
   * Reads a whole file.
   *
   * @param file the file; may be a pipe
   * @param format what it should be, for error messages, for example {@code "JSON"}
   * @return its text
   * @throws BadInput if it is missing, unreadable, too large or no UTF-8
   */
  static String read(Path file, String format) {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw BadInput.data("file", "a " + format + " file", "nothing", file, e);
    } catch (IOException e) {
      throw BadInput.data("file", "a readable " + format + " file", e.getMessage(), file, e);
    }
    if (bytes.length > MOST_BYTES) {
      throw BadInput.data("file", "a " + format + " file of at most " + MOST_BYTES + " bytes", "more", file);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw BadInput.data("file", "a " + format + " file in UTF-8", "other bytes", file, e);
    }
  }
}
