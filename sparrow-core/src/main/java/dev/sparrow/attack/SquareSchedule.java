package dev.sparrow.attack;

/**
 * How large the squares of {@link Square} are: they cover the fraction 0.8 of the image's area at first, halved after 10, 50, 200, 500,
 * 1000, 2000, 4000, 6000 and 8000 queries. The counts are absolute, so a search of 5,000 queries never comes to the last two: that is how
 * AutoAttack runs it.
 */
final class SquareSchedule {

  private static final double FIRST_FRACTION = 0.8;
  private static final int[] HALVED_AFTER = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};

  private SquareSchedule() {}

  /**
   * The part of the image's area that a square covers.
   *
   * @param query index of the query, from 0; the start is not counted
   * @return in (0, 1)
   */
  static double fraction(long query) {
    double fraction = FIRST_FRACTION;
    for (int limit : HALVED_AFTER) {
      fraction = query > limit ? fraction / 2 : fraction;
    }
    return fraction;
  }

  /**
   * The side of a square, to the nearest pixel.
   *
   * @param query index of the query, from 0
   * @param size side of the image
   * @return in [1, size]
   */
  static int side(long query, int size) {
    return Math.max(1, (int) Math.rint(size * Math.sqrt(fraction(query))));
  }

  /**
   * The side of a square that has a centre, as the l2 search needs it: odd and at least 3, in images of at least that size.
   *
   * @param query index of the query, from 0
   * @param size side of the image
   * @return odd, in [1, size]
   */
  static int oddSide(long query, int size) {
    int largest = size - 1 + size % 2;
    return Math.min(Math.max(side(query, size), 3) / 2 * 2 + 1, largest);
  }
}
