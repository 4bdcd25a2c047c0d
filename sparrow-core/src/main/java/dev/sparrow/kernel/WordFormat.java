package dev.sparrow.kernel;

import org.apiguardian.api.API;

/** What a word of an activation holds. Weights, sums and statistics are float32 in both. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum WordFormat {
  /** One image, as a float32. */
  FP32(1),
  /**
   * Two images. Of a cell with n words, word i holds image i as bf16, rounded to nearest even, in its low half. Above it are the upper
   * bits of image i + n, whose value is the whole word read as float32, low half and all; they are chosen so that it is as near as a bf16.
   * Half of the memory traffic; unpacked by a single shift.
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
