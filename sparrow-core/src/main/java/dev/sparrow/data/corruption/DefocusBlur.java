package dev.sparrow.data.corruption;

import java.util.List;

/** A lens out of focus: every point becomes a disk with a soft edge. */
final class DefocusBlur implements Corruption {

  private static final Grades<Disk> DISK =
      new Grades<>(
          List.of(new Disk(0.3, 0.4), new Disk(0.4, 0.5), new Disk(0.5, 0.6), new Disk(1, 0.2), new Disk(1.5, 0.1)),
          List.of(new Disk(0.5, 0.6), new Disk(1, 0.1), new Disk(1.5, 0.1), new Disk(2.5, 0.01), new Disk(3, 0.1)));

  /**
   * What a point becomes.
   *
   * @param radius in pixels
   * @param softness standard deviation of the blur of its edge, in pixels
   */
  record Disk(double radius, double softness) {

    /** Its weights, with sum 1: the pixels whose centres are in the disk, blurred with a kernel of three by three. */
    Field kernel() {
      int reach = (int) radius + 1;
      Field inside = Field.of(2 * reach + 1, (y, x) -> Math.hypot(y - reach, x - reach) <= radius ? 1 : 0);
      double area = inside.mean() * inside.size() * inside.size();
      return new GaussianFilter(softness, 1, Border.NEAREST).apply(inside.map(value -> value / area));
    }
  }

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    Field kernel = DISK.at(severity, image.size()).kernel();
    return image.each(channel -> channel.filtered(kernel, Border.MIRROR_INSIDE)).clipped();
  }
}
