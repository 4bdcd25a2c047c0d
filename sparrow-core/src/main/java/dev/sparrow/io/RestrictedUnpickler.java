package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads Python pickles that hold plain data, and nothing else. A pickle is a program that may call any function; here a dozen names have
 * harmless stand-ins and every other name is refused, as are lengths beyond the input, cycles, deep nesting and runaway sharing.
 *
 * <table>
 *   <caption>What comes out</caption>
 *   <tr><th>Python</th><th>Java</th></tr>
 *   <tr><td>dict, OrderedDict</td><td>{@code LinkedHashMap}; keys that are bytes become Latin-1 text</td></tr>
 *   <tr><td>list, tuple</td><td>{@code List}, a tuple's being immutable</td></tr>
 *   <tr><td>int, bool, float</td><td>{@code Long} ({@code BigInteger} beyond 64 bits), {@code Boolean}, {@code Double}</td></tr>
 *   <tr><td>str of Python 3, unicode of Python 2</td><td>{@code String}</td></tr>
 *   <tr><td>str of Python 2</td><td>{@code String}, one character per byte (Latin-1), since it may be text or bytes</td></tr>
 *   <tr><td>bytes, bytearray</td><td>{@code byte[]}</td></tr>
 *   <tr><td>numpy.ndarray of plain numbers</td><td>{@link PickledArray}</td></tr>
 *   <tr><td>None</td><td>{@link PickledNone#NONE}</td></tr>
 * </table>
 *
 * <p>Protocols 1 to 5, as written by Python 2 and 3; of protocol 0 only what has no text in it. Memory: up to three times the file.
 */
public final class RestrictedUnpickler {

  /** Values are copied at most twice (text to bytes, column-major to row-major); the constant is for tiny files. */
  private static final int COPIES = 2;

  private static final int SPARE_BYTES = 1 << 16;

  private RestrictedUnpickler() {}

  /**
   * Reads a file.
   *
   * @param file the pickle
   * @return its value, see the table above
   * @throws IOException if the file cannot be read
   * @throws BadInput if it is not a sound pickle of plain data; the message names the file and what was found
   */
  public static Object read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw BadInput.data("pickle", "a file", Files.exists(file) ? "a folder" : "nothing", file);
    }
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      return read(stream, Files.size(file), file);
    }
  }

  /**
   * Reads a pickle in memory.
   *
   * @param pickle its bytes
   * @param source what error messages call it
   * @return its value, see the table above
   * @throws BadInput if it is not a sound pickle of plain data
   */
  public static Object read(byte[] pickle, String source) {
    try {
      return read(new ByteArrayInputStream(pickle), pickle.length, source);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static Object read(InputStream stream, long size, Object source) throws IOException {
    PickleGlobals globals = new PickleGlobals(new CopyBudget(COPIES * size + SPARE_BYTES));
    try {
      return PlainData.require(new PickleMachine(new PickleInput(stream, size), globals, Optional.empty()).run());
    } catch (PickleFault fault) {
      throw BadInput.data("pickle", fault.expected(), fault.got(), source, fault);
    }
  }
}
