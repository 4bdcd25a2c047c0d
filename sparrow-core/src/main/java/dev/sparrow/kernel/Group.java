package dev.sparrow.kernel;

import java.util.List;

/** The memory of one group of images during a pass: an array per buffer of the plan. */
final class Group {

  private static final float[] EMPTY = {};
  private static final int LOW_HALF = 0xffff;

  /** By buffer number. */
  final float[][] words;

  /** One word per lane, all bits set where there is an image. */
  final float[] lanes;

  /** Number of its first image in the batch. */
  int firstImage;

  private final boolean pairs;

  Group(Kernels kernels, int buffers) {
    words = new float[buffers + 1][];
    words[BufferPlan.NONE] = EMPTY;
    lanes = new float[kernels.lanes()];
    pairs = kernels.format() == WordFormat.BF16;
  }

  void take(List<Room> rooms, ArrayPool pool) {
    for (int i = 0; i < rooms.size(); i++) {
      words[i + 1] = pool.take(rooms.get(i));
    }
  }

  void give(List<Room> rooms, ArrayPool pool) {
    for (int i = 0; i < rooms.size(); i++) {
      pool.give(rooms.get(i), words[i + 1]);
      words[i + 1] = EMPTY;
    }
  }

  /** Turns to the images from {@code firstImage} on, of {@code count} in the batch. */
  void place(int firstImage, int count) {
    this.firstImage = firstImage;
    int present = count - firstImage;
    for (int lane = 0; lane < lanes.length; lane++) {
      int low = lane < present ? LOW_HALF : 0;
      int high = (pairs ? lane + lanes.length : lane) < present ? ~LOW_HALF : 0;
      lanes[lane] = Float.intBitsToFloat(low | high);
    }
  }
}
