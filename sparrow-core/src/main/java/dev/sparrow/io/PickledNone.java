package dev.sparrow.io;

/** Python's {@code None} among unpickled values. */
public enum PickledNone {
  /** The one value. */
  NONE
}
