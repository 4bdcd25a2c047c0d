package dev.sparrow.io;

/** Python's {@code None} among unpickled values. */
enum PickledNone {
  /** The one value. */
  NONE
}
