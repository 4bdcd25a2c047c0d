package dev.sparrow.data;

import dev.sparrow.units.Seed;

/**
 * SplitMix64 (Steele, Lea and Flood, 2014): one addition and one mix per number, no set-up, so that every image can have its own stream.
 * Written out here because the numbers are part of the reproducibility contract and the JDK promises none for its generators.
 */
public final class SplitMix {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private long state;

  /**
   * A stream that starts at a seed.
   *
   * @param seed usually {@linkplain Seed#derive derived} from the root by the consumer's name and position
   */
  public SplitMix(Seed seed) {
    state = seed.value();
  }

  /**
   * A uniform number.
   *
   * @return in [0, 1), 53 bits
   */
  public double uniform() {
    state += GOLDEN;
    return (Seed.mix(state) >>> 11) * TWO_TO_MINUS_53;
  }

  /**
   * A uniform whole number.
   *
   * @param bound at least 1
   * @return in [0, bound); the bias is below bound / 2^53
   */
  public int below(int bound) {
    return (int) (uniform() * bound);
  }

  /**
   * A random permutation (Fisher and Yates).
   *
   * @param n number of elements
   * @return 0 to n - 1 in random order
   */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
