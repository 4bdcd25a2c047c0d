package dev.sparrow.kernel;

/**
 * The part of a value that one task works on.
 *
 * @param fromRow first row
 * @param toRow one past the last row
 * @param fromChannel first channel
 * @param toChannel one past the last channel
 */
record Part(int fromRow, int toRow, int fromChannel, int toChannel) {

  /** Everything. */
  static Part whole(Plane plane) {
    return new Part(0, plane.height(), 0, plane.channels());
  }
}
