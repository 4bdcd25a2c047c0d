package dev.sparrow.kernel;

/** What a word of an activation holds. Weights, sums and statistics are float32 in both. */
public enum WordFormat {
  /** One image, as a float32. */
  FP32(1),
  /**
   * Two images, as bf16 rounded to nearest even: of a cell with n words, word i holds image i in its low half and image i + n in its high
   * half. Half of the memory traffic; unpacked by a shift and a mask.
   */
  BF16(2);

  private final int images;

  WordFormat(int images) {
    this.images = images;
  }

  /**
   * Images per word.
   *
   * @return 1 or 2
   */
  public int images() {
    return images;
  }
}
