package dev.sparrow.io;

import java.io.IOException;

/**
 * Does something with a value and may fail with an I/O fault.
 *
 * @param <T> what is consumed: a stream, a channel, a folder
 */
@FunctionalInterface
public interface IOConsumer<T> {

  /**
   * Consumes.
   *
   * @param value the value, borrowed for the time of the call
   * @throws IOException if reading or writing fails
   */
  void accept(T value) throws IOException;
}
