package dev.sparrow.data.corruption;

import java.util.List;

/** A camera that zoomed in during the exposure: the mean of the image, counted twice, and of its enlargements in steps of 1 %. */
final class ZoomBlur implements Corruption {

  private static final double STEP = 0.01;

  /** Images in the mean, beginning with factor 1; as published for both sizes, where rounding ended some ranges one step later. */
  private static final List<Integer> COUNTS = List.of(7, 12, 16, 21, 26);

  private static final Grades<Integer> COUNT = new Grades<>(COUNTS, COUNTS);

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    int count = COUNT.at(severity, image.size());
    return image.each(channel -> mean(channel, count)).clipped();
  }

  private static Field mean(Field channel, int count) {
    Field sum = channel;
    for (int i = 0; i < count; i++) {
      Field before = sum;
      Field zoomed = Zoom.into(channel, 1 + i * STEP);
      sum = Field.of(channel.size(), (y, x) -> before.at(y, x) + zoomed.at(y, x));
    }
    return sum.map(value -> value / (count + 1));
  }
}
