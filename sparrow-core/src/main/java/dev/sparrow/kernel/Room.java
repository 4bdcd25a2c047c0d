package dev.sparrow.kernel;

/**
 * What an array of the engine is for. Arrays of words are used again for the same plane only, since their halos must be zero.
 *
 * @param plane whose values it holds
 * @param words true for words, with halo; false for float32 sums, without
 */
record Room(Plane plane, boolean words) {

  static Room words(Plane plane) {
    return new Room(plane, true);
  }

  static Room sums(Plane plane) {
    return new Room(plane, false);
  }

  /** Length of such an array for one group. */
  int length(Kernels kernels) {
    if (words) {
      return plane.words(kernels.lanes());
    }
    int images = kernels.lanes() * kernels.format().images();
    return Math.multiplyExact(Math.multiplyExact(plane.channels(), plane.height() * plane.width()), images);
  }
}
