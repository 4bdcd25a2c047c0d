package dev.sparrow.sparse;

/**
 * One topology update of one layer, on plain arrays.
 *
 * <p>With a active weights and the drop fraction f: n = ceil(f a) weights are dropped, plus the extra drop, smallest magnitudes first; then
 * as many are grown as were dropped less the extra, plus the extra growth, but no more than there is room for. Without ties at the
 * threshold that is n plus the extra growth; counting what was really dropped keeps the density where ties took more than n.
 *
 * @param dropFraction f, in [0, 1]
 * @param change departure from equal drop and growth
 * @param growth which weights are activated
 */
record DropAndGrow(double dropFraction, DensityChange change, GrowthRule growth) {

  /**
   * What happened to a layer.
   *
   * @param dropped weights deactivated
   * @param grown weights activated, returned ones included
   */
  record Counts(int dropped, int grown) {

    static final Counts NONE = new Counts(0, 0);
  }

  /**
   * Updates a layer. One that is fully dense, or that has nothing to drop, is left alone.
   *
   * @param weights of the layer; zero where inactive
   * @param site the layer; its mask is changed
   * @return what happened
   */
  Counts update(float[] weights, GrowthSite site) {
    int inactive = site.inactive();
    int active = weights.length - inactive;
    int ordinary = (int) Math.ceil(dropFraction * active);
    if (inactive == 0 || ordinary == 0) {
      return Counts.NONE;
    }
    int extra = Math.min(change.extraDrop(dropFraction, active), active - ordinary);
    int dropped = DropSmallest.drop(weights, site.active(), active, ordinary + extra);
    int room = inactive + dropped;
    int grown = growth.grow(site, Math.min(change.growth(dropped - extra), room));
    return new Counts(dropped, grown);
  }
}
