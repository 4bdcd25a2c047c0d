package dev.sparrow.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean and standard deviation over all pixels of a set.
 *
 * @param mean of red, green and blue, in [0, 1]
 * @param std population standard deviation of red, green and blue, in [0, 1]
 */
record ChannelStatistics(List<Double> mean, List<Double> std) {

  private static final int LEVELS = 256;

  /** One pass over the pixels of a set that is not empty. */
  static ChannelStatistics of(ImageSet images) {
    List<Double> mean = new ArrayList<>();
    List<Double> std = new ArrayList<>();
    double pixels = (double) images.size() * images.imageSize() * images.imageSize();
    for (long[] histogram : histograms(images)) {
      double average = IntStream.range(0, LEVELS).mapToDouble(level -> histogram[level] * unit(level)).sum() / pixels;
      double squares = IntStream.range(0, LEVELS).mapToDouble(level -> histogram[level] * Math.pow(unit(level) - average, 2)).sum();
      mean.add(average);
      std.add(Math.sqrt(squares / pixels));
    }
    return new ChannelStatistics(mean, std);
  }

  private static double unit(int level) {
    return level / (LEVELS - 1.0);
  }

  /** How often each level occurs in each channel: exact, whatever the number of pixels. */
  private static long[][] histograms(ImageSet images) {
    long[][] histograms = new long[ImageSet.CHANNELS][LEVELS];
    int plane = images.imageSize() * images.imageSize();
    for (int i = 0; i < images.size(); i++) {
      byte[] pixels = images.sharedPixels(i);
      for (int k = 0; k < pixels.length; k++) {
        histograms[k / plane][pixels[k] & 0xff]++;
      }
    }
    return histograms;
  }
}
