package dev.sparrow.io;

/** What is wrong with a pickle; {@link RestrictedUnpickler} adds where. */
final class PickleFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String got;

  PickleFault(Object expected, Object got) {
    super(expected + " / " + got);
    this.expected = String.valueOf(expected);
    this.got = String.valueOf(got);
  }

  String expected() {
    return expected;
  }

  String got() {
    return got;
  }

  /** Names a value's kind without printing the value, which may be huge. */
  static String kind(Object value) {
    if (value instanceof PickleGlobal global) {
      return "global '" + global.name() + "'";
    }
    return value.getClass().getSimpleName();
  }
}
