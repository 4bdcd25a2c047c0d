package dev.sparrow.kernel;

/**
 * The inner loops of the sparse engine, all for one group of images. Implementations have no state; whoever calls gives them everything,
 * scratch memory included, and may call them from several threads for different parts.
 *
 * <p>Arrays of words lie as their {@link Plane} says, with {@link #lanes()} words per cell, in the {@link #format()}; their halos are zero
 * and stay so. A lane beyond the last image of a batch holds zeros wherever gradients or batch statistics are summed: {@link #normalize}
 * and {@link #centre} see to that with a mask.
 */
interface Kernels {

  /** What a word holds. */
  WordFormat format();

  /** Words per cell: the width of a vector. A group has {@code lanes() * format().images()} images. */
  int lanes();

  /** One line for the log: which implementation, how wide, and why. */
  String description();

  /** Floats of scratch memory that {@link #convolve} needs. */
  int scratch(Taps taps);

  /**
   * Rows of a grid that should not be split between tasks: {@link #convolve} and {@link #weightGradients} work on tiles of so many rows.
   */
  int tileRows(Taps taps);

  /**
   * Convolves a part of the output and finishes the sums.
   *
   * @param taps the active weights
   * @param in words of {@code taps.input}
   * @param part rows of the phases' grids, and output channels
   * @param finish what becomes of the sums
   * @param scratch at least {@link #scratch} floats, of this thread; content irrelevant
   */
  void convolve(Taps taps, float[] in, Part part, Finish finish, float[] scratch);

  /**
   * Adds the products that make the gradients of the active weights: for every tap of the part's output channels, over the part's rows, input
   * times output gradient, still one sum per lane.
   *
   * <p>A part of few channels reads all of the input for few products; one of many has sums that fit no cache. Fastest are parts with all
   * rows and about 8,192 taps (half a megabyte of sums, in vectors of 512 bits), and one group after another on the same sums. Where this
   * makes too few tasks, better groups apart, each with sums of its own, than fewer channels.
   *
   * @param taps of the forward direction
   * @param in words of {@code taps.input}
   * @param gradient words of {@code taps.output}
   * @param part rows and output channels
   * @param sums [taps of the part's channels][lanes], added to; images that share a word share a lane
   */
  void weightGradients(Taps taps, float[] in, float[] gradient, Part part, float[] sums);

  /**
   * Finishes given words as {@link #convolve} finishes its sums.
   *
   * @param plane of source and destination
   * @param source words
   * @param part rows and channels
   * @param finish what becomes of them
   */
  void finish(Plane plane, float[] source, Part part, Finish finish);

  /**
   * Batch norm with known coefficients, sum and ReLU: {@code out = max(0, value * scale + shift + other * otherScale + otherShift)}.
   *
   * @param plane of all words
   * @param part rows and channels
   * @param value words
   * @param norm coefficients per channel, and the mask of lanes
   * @param out words; may be {@code value}
   */
  void normalize(Plane plane, Part part, float[] value, Normalize norm, float[] out);

  /**
   * The gradient through batch norm: {@code out = gradient * a + value * b + c (+ other)} per channel.
   *
   * @param plane of all words
   * @param part rows and channels
   * @param gradient words
   * @param centre coefficients and the words they belong to
   * @param out words; may be {@code gradient}
   */
  void centre(Plane plane, Part part, float[] gradient, Centre centre, float[] out);

  /** Maximum over squares that do not overlap. The part counts rows of the smaller plane {@code to}. */
  void maxPool(Plane from, Plane to, Part part, float[] in, float[] out);

  /**
   * Its gradient: to the first of the largest cells of each square in row-major order, zero to the others.
   *
   * @param in words of {@code from}, the pool's input
   * @param gradient words of {@code to}
   * @param out words of {@code from}
   */
  void maxPoolGradient(Plane from, Plane to, Part part, float[] in, float[] gradient, float[] out);

  /** Mean of every channel of the part; {@code out} has one cell per channel. */
  void averagePool(Plane from, Part part, float[] in, float[] out);

  /** Its gradient: one cell per channel, spread evenly. */
  void averagePoolGradient(Plane from, Part part, float[] gradient, float[] out);

  /**
   * Packs images: {@code word = (pixel - mean) / deviation}, zero for lanes without an image.
   *
   * @param plane of three channels
   * @param images [N, 3, H, W]
   * @param firstImage the first image of the group; those at and beyond {@code count} are absent
   * @param count N
   * @param mean per channel
   * @param deviation per channel
   * @param out words
   */
  void pack(Plane plane, float[] images, int firstImage, int count, float[] mean, float[] deviation, float[] out);

  /**
   * Unpacks sums that a {@link Finish.Plain} left: {@code values[n][c][y][x] = factor[c] * sum}.
   *
   * @param plane of the sums
   * @param sums float32, [channel][row][column][image of the group], without halo
   * @param firstImage the first image of the group; those at and beyond {@code count} are left out
   * @param count N
   * @param factor per channel
   * @param values [N, C, H, W]
   */
  void unpack(Plane plane, float[] sums, int firstImage, int count, float[] factor, float[] values);
}
