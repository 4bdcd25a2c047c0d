package dev.sparrow;

import org.apiguardian.api.API;

/**
 * Something the caller supplied is wrong: an option, a file, a configuration, a checkpoint.
 *
 * <p>The message is one line of the form {@code what: expected ..., got ... (where)}; a command line prints it as it is and exits with 1,
 * or with 2 when {@link #isUsage()} says that the mistake is in the command itself.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class BadInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean usage;

  private BadInput(String message, boolean usage, Throwable cause) {
    super(message, cause);
    this.usage = usage;
  }

  /**
   * A fault in data: a file, a record, a checkpoint.
   *
   * @param what the thing that is wrong, for example {@code "record size"}
   * @param expected what would have been right
   * @param got what was found
   * @param where file, key or place it was found at
   * @return the exception, to be thrown
   */
  public static BadInput data(String what, Object expected, Object got, Object where) {
    return new BadInput(message(what, expected, got) + " (" + where + ")", false, null);
  }

  /**
   * A fault in data with the exception that revealed it.
   *
   * @param what the thing that is wrong
   * @param expected what would have been right
   * @param got what was found
   * @param where file, key or place it was found at
   * @param cause the underlying exception
   * @return the exception, to be thrown
   */
  public static BadInput data(String what, Object expected, Object got, Object where, Throwable cause) {
    return new BadInput(message(what, expected, got) + " (" + where + ")", false, cause);
  }

  /**
   * A fault in what was asked for: an option's value, an unknown name.
   *
   * @param what the thing that is wrong, for example {@code "--density"}
   * @param expected what would have been right
   * @param got what was given
   * @return the exception, to be thrown
   */
  public static BadInput usage(String what, Object expected, Object got) {
    return new BadInput(message(what, expected, got), true, null);
  }

  /**
   * The same fault with the place it was found at, for faults that a value's constructor raised while a file was read.
   *
   * @param where file, key or place it was found at
   * @return the exception, to be thrown
   */
  public BadInput at(Object where) {
    return new BadInput(getMessage() + " (" + where + ")", usage, this);
  }

  /**
   * The same fault as one of data, for a value that an option may have but that a file had.
   *
   * @return the exception, to be thrown
   */
  public BadInput inData() {
    return new BadInput(getMessage(), false, this);
  }

  private static String message(String what, Object expected, Object got) {
    return what + ": expected " + expected + ", got " + got;
  }

  /**
   * Whether the command itself is at fault (exit code 2) rather than data (exit code 1).
   *
   * @return true for a usage fault
   */
  public boolean isUsage() {
    return usage;
  }
}
