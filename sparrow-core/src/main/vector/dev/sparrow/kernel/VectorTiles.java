package dev.sparrow.kernel;

/**
 * Sums of products for a few neighbouring cells of an output row: the innermost loops of the engine. A tap multiplies one weight by as
 * many input cells as the tile has, each a vector read from memory; the sums stay in registers from the first tap to the last.
 *
 * <p>Implementations are written out, one local variable per sum: vectors in an array, or alive across nested loops, end up as objects on
 * the heap. For the same reason they call the vectors' methods directly: the compiler gives up on inlining methods of ours in bodies of this
 * size, but never on those. So each has three loops, of which the first leaves out the first cell and the last one the last cell: at
 * the left border of a plane the taps of the window's first column meet the halo, at the right border those of its last column. On a plane
 * of 4 columns this saves a sixth of all multiplications. Words of two images are multiplied whole first and shifted then: in the other
 * order the compiler of Java 17 made objects of some.
 */
interface VectorTiles {

  /** The most cells of a tile. */
  int widest();

  /** The widest tile that fits. */
  default int fitting(int cells, int step) {
    if (step > 2 || cells < 4) {
      return 1;
    }
    return cells < 8 ? 4 : widest();
  }

  /**
   * Sums up.
   *
   * @param cells of the tile, as {@link #fitting} says
   * @param step input cells from one output cell to the next
   * @param in words
   * @param base index of the input cell that belongs to the first output cell, in channel 0
   * @param list the taps
   * @param left first tap that leaves out the first cell
   * @param toLeft one past the last of them
   * @param middle first tap for all cells
   * @param toMiddle one past the last of them
   * @param right first tap that leaves out the last cell
   * @param toRight one past the last of them
   * @param sums [cell][image of the group], written
   * @param to index of the first cell's sums
   * @param pitch from one cell's sums to the next one's
   */
  void sum(
      int cells, int step, float[] in, int base, TapList list, int left, int toLeft, int middle, int toMiddle, int right, int toRight,
      float[] sums, int to, int pitch);
}
