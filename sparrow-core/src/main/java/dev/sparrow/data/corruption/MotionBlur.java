package dev.sparrow.data.corruption;

import java.util.List;

/** A camera that moved, in a random direction within 45 degrees of the horizontal. */
final class MotionBlur implements Corruption {

  private static final double STEEPEST = 45;

  private static final Grades<Motion> MOTION =
      new Grades<>(
          List.of(new Motion(6, 1), new Motion(6, 1.5), new Motion(6, 2), new Motion(8, 2), new Motion(9, 2.5)),
          List.of(new Motion(10, 1), new Motion(10, 1.5), new Motion(10, 2), new Motion(10, 2.5), new Motion(12, 3)));

  /**
   * A way and its fading.
   *
   * @param reach in pixels
   * @param sigma in pixels
   */
  private record Motion(int reach, double sigma) {}

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    Motion motion = MOTION.at(severity, image.size());
    Streak streak = new Streak(motion.reach(), motion.sigma(), draws.uniform(-STEEPEST, STEEPEST));
    return image.each(streak::apply).clipped();
  }
}
