package dev.sparrow.kernel;

/**
 * Divides the work of one group on a plane into parts. Depends on sizes only, never on the number of threads, so that sums over parts are
 * the same on every machine.
 */
final class Split {

  /** Tasks to aim at over all groups: enough to keep eight threads busy. */
  private static final int TASKS = 16;

  /** Fewer channels than this do not pay for reading the input once more. */
  private static final int FEWEST_CHANNELS = 8;

  private Split() {}

  /**
   * Parts of equal size, as nearly as can be: first by rows, since parts of the same rows read the same input, then by channels.
   *
   * @param rows number of rows
   * @param tileRows rows that should stay together
   * @param channels number of channels
   * @param groups groups whose parts run at the same time
   * @return at least one part; together everything, once
   */
  static Part[] of(int rows, int tileRows, int channels, int groups) {
    int wanted = pieces(TASKS, groups);
    int tiles = pieces(rows, tileRows);
    int rowParts = Math.min(wanted, tiles);
    int channelParts = Math.max(1, Math.min(pieces(wanted, rowParts), channels / FEWEST_CHANNELS));
    Part[] parts = new Part[rowParts * channelParts];
    for (int i = 0; i < parts.length; i++) {
      int r = i / channelParts;
      int c = i % channelParts;
      parts[i] =
          new Part(
              Math.min(rows, border(tiles, r, rowParts) * tileRows),
              Math.min(rows, border(tiles, r + 1, rowParts) * tileRows),
              border(channels, c, channelParts),
              border(channels, c + 1, channelParts));
    }
    return parts;
  }

  private static int border(int length, int index, int parts) {
    return (int) ((long) length * index / parts);
  }

  private static int pieces(int length, int size) {
    return (length + size - 1) / size;
  }
}
