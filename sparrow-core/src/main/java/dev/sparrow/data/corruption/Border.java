package dev.sparrow.data.corruption;

/** What lies beyond the edge of an image a b c d, for filters that look there. */
enum Border {
  /** The nearest pixel: a a a | a b c d | d d d. */
  NEAREST {
    @Override
    int inside(int index, int size) {
      return Math.max(0, Math.min(size - 1, index));
    }
  },
  /** The image in a mirror at its edge: c b a | a b c d | d c b. */
  MIRROR {
    @Override
    int inside(int index, int size) {
      int place = Math.floorMod(index, 2 * size);
      return Math.min(place, 2 * size - 1 - place);
    }
  },
  /** The image in a mirror at the middle of its last pixel: d c b | a b c d | c b a. */
  MIRROR_INSIDE {
    @Override
    int inside(int index, int size) {
      int period = Math.max(1, 2 * size - 2);
      int place = Math.floorMod(index, period);
      return Math.min(place, period - place);
    }
  };

  /** The pixel that stands for one that may lie beyond the edge. */
  abstract int inside(int index, int size);
}
