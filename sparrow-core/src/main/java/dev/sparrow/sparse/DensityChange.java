package dev.sparrow.sparse;

/**
 * By how much a topology update departs from growing as many weights as it drops.
 *
 * @param prune extra weights to drop without regrowing them, as a fraction of the ordinary drop; at least 0
 * @param grow extra weights to grow, as a fraction of the ordinary growth; at least 0
 */
record DensityChange(double prune, double grow) {

  /** The density stays. */
  public static final DensityChange NONE = new DensityChange(0, 0);

  /**
   * The extra drop of a layer.
   *
   * @param dropFraction the drop fraction in force
   * @param active active weights of the layer
   * @return ceil(prune * dropFraction * active)
   */
  public int extraDrop(double dropFraction, int active) {
    return (int) Math.ceil(prune * dropFraction * active);
  }

  /**
   * The growth of a layer.
   *
   * @param count weights to regrow in the ordinary way
   * @return (1 + grow) * count, rounded down
   */
  public int growth(int count) {
    return (int) ((1 + grow) * count);
  }

  /**
   * The change in a word.
   *
   * @return what happens to the density
   */
  public DensityEvent event() {
    if (prune > 0) {
      return grow > 0 ? DensityEvent.BOTH : DensityEvent.PRUNE;
    }
    return grow > 0 ? DensityEvent.GROW : DensityEvent.NONE;
  }
}
