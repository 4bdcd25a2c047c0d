package dev.sparrow.data.corruption;

import java.util.List;

/** Every value comes nearer to the mean of its channel. */
final class Contrast implements Corruption {

  private static final Grades<Double> KEPT = new Grades<>(List.of(0.75, 0.5, 0.4, 0.3, 0.15), List.of(0.4, 0.3, 0.2, 0.1, 0.05));

  @Override
  public Picture apply(Picture image, int severity, Draws draws) {
    double kept = KEPT.at(severity, image.size());
    return image.each(
        channel -> {
          double mean = channel.mean();
          return channel.map(value -> mean + kept * (value - mean));
        });
  }
}
