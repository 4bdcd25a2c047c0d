package dev.sparrow.kernel;

/**
 * Products of a few neighbouring cells of the output gradient with input cells: the innermost loops of the weight gradients. The gradients
 * stay in registers while the taps go by; a tap multiplies each of them by an input cell, a vector read from memory, and adds the products
 * to its vector of sums in memory. Written out for the reasons that {@link VectorTiles} gives.
 */
interface VectorProducts {

  /** The most cells at once. */
  int widest();

  /**
   * How many of some cells there is a loop for: 8, 4 or 1, and where input cells are side by side also 7 or 3.
   *
   * @param cells at least one
   * @param step input cells from one output cell to the next
   */
  default int fitting(int cells, int step) {
    int most = step > 2 ? 1 : Math.min(cells, widest());
    boolean sideBySide = step == 1;
    if (most >= 7) {
      return most > 7 ? 8 : sideBySide ? 7 : 4;
    }
    return most > 3 ? 4 : most == 3 && sideBySide ? 3 : 1;
  }

  /**
   * Adds products to the sums.
   *
   * @param cells as {@link #fitting} says
   * @param step input cells from one output cell to the next
   * @param offset of all taps
   * @param from first tap
   * @param to one past the last tap
   * @param in words
   * @param base index of the input cell that belongs to the first output cell, in channel 0
   * @param gradient words
   * @param at index of the first cell's words
   * @param sums [tap][lane], added to
   * @param sum index of the first tap's sums
   */
  void add(
      int cells, int step, int[] offset, int from, int to, float[] in, int base, float[] gradient, int at, float[] sums, int sum);
}
