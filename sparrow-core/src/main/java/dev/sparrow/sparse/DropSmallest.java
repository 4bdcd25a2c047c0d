package dev.sparrow.sparse;

/** Drops the weights of a layer with the smallest magnitudes. */
final class DropSmallest {

  private DropSmallest() {}

  /**
   * Deactivates all weights up to a threshold: the (inactive + count)-th smallest magnitude of the whole layer, where inactive weights are
   * zero and so come first. Weights that tie with the threshold go too, so more than {@code count} may be dropped.
   *
   * @param weights of the layer; zero where inactive
   * @param active the mask, changed
   * @param activeCount number of active weights
   * @param count how many to drop, from 1 to {@code activeCount}
   * @return how many were dropped, at least {@code count}
   */
  static int drop(float[] weights, boolean[] active, int activeCount, int count) {
    int threshold = MagnitudeSelect.kthSmallest(weights, weights.length, weights.length - activeCount + count);
    int dropped = 0;
    for (int i = 0; i < active.length; i++) {
      if (active[i] && MagnitudeSelect.key(weights[i]) <= threshold) {
        active[i] = false;
        dropped++;
      }
    }
    return dropped;
  }
}
