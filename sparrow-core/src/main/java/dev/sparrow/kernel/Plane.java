package dev.sparrow.kernel;

import dev.sparrow.units.Shape;

/**
 * Where a value of the network lies for one group of images: a 1-D array of words, channel after channel, row after row, cell after cell. A
 * cell holds one pixel of one channel of every image of the group, one vector of words wide, so that a convolution multiplies all images by
 * the same weight. Around every channel runs a halo of one cell of zeros, so that no kernel asks where a border is.
 *
 * <p>A word is 32 bits in a {@code float[]}, whatever the {@link WordFormat}: moving floats never changes their bits.
 *
 * @param channels number of channels
 * @param height rows without the halo
 * @param width columns without the halo
 */
record Plane(int channels, int height, int width) {

  /**
   * Index of the first word. The header of a Java array is 16 bytes long, so that this one is the first on a cache line of 64 bytes where
   * objects are aligned to cache lines.
   */
  static final int ORIGIN = 12;

  static final int HALO = 1;

  /** The plane of an image value [C, H, W], or of a vector [C]: one cell per channel. */
  static Plane of(Shape shape) {
    return shape.rank() == 1 ? new Plane(shape.dim(0), 1, 1) : new Plane(shape.dim(0), shape.dim(1), shape.dim(2));
  }

  /** Cells from one row to the next. */
  int rowCells() {
    return width + 2 * HALO;
  }

  /** Cells from one channel to the next. */
  int channelCells() {
    return (height + 2 * HALO) * rowCells();
  }

  /** Length of the array, for cells of a number of words. */
  int words(int lanes) {
    return Math.addExact(ORIGIN, Math.multiplyExact(Math.multiplyExact(channels, channelCells()), lanes));
  }

  /** Index of the first word of a cell, rows and columns counted without the halo. */
  int at(int channel, int row, int column, int lanes) {
    return ORIGIN + ((channel * (height + 2 * HALO) + row + HALO) * rowCells() + column + HALO) * lanes;
  }
}
