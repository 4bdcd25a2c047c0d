package dev.sparrow.attack;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Draws the images that {@link Square} asks about next. */
interface Squares {

  /**
   * One candidate per row: the row's best image with something drawn over it.
   *
   * @param images [N, C, H, H] float32, the clean images
   * @param best [N, C, H, H] float32, the best so far; the clean ones before the first query
   * @param queries number of queries that each row has made; 0 gives the start
   * @param randoms the random numbers of each row
   * @return [N, C, H, H] float32 within the threat model, fresh, owned by the caller's scope
   */
  Tensor candidates(Tensor images, Tensor best, long[] queries, SplittableRandom[] randoms);

  /** Where a square begins on either axis. As published, the last position is never drawn. */
  static int corner(SplittableRandom random, int size, int side) {
    return random.nextInt(Math.max(1, size - side));
  }

  /** 1 or -1. */
  static int sign(SplittableRandom random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
