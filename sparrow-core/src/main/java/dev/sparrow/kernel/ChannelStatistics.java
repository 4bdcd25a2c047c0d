package dev.sparrow.kernel;

/**
 * Mean and biased variance of one channel, from its stored words in float64 and two passes. Slow: for channels that hardly vary around a
 * mean that is not zero, of whose squares float32 sums keep only the mean.
 *
 * @param mean over images and positions
 * @param variance over images and positions
 */
record ChannelStatistics(double mean, double variance) {

  /** The variance, in squared means, below which float32 sums of squares are not trusted. */
  private static final double DOUBTFUL = 1e-4;

  /** Whether a mean and a variance that follow from sums should be computed again. */
  static boolean isDoubtful(double mean, double variance) {
    return variance < DOUBTFUL * mean * mean;
  }

  static ChannelStatistics of(Frame frame, PlainWords words, int buffer, Plane plane, int channel) {
    double values = (double) frame.count * plane.height() * plane.width();
    double mean = sum(frame, words, buffer, plane, channel, 0, 1) / values;
    return new ChannelStatistics(mean, sum(frame, words, buffer, plane, channel, mean, 2) / values);
  }

  /** The sum of a power of the distance from a point. */
  private static double sum(Frame frame, PlainWords words, int buffer, Plane plane, int channel, double from, int power) {
    double sum = 0;
    for (int i = 0; i < frame.groups(); i++) {
      Group group = frame.group(i);
      int images = Math.min(words.images(), frame.count - group.firstImage);
      for (int cell = 0; cell < plane.height() * plane.width(); cell++) {
        int at = plane.at(channel, cell / plane.width(), cell % plane.width(), words.lanes());
        for (int image = 0; image < images; image++) {
          double distance = words.get(group.words[buffer], at, image) - from;
          sum += power == 1 ? distance : distance * distance;
        }
      }
    }
    return sum;
  }
}
