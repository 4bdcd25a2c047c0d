package dev.sparrow.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a data set holds.
 *
 * @param imageSize height and width
 * @param classNames in the order of the labels
 * @param splits training, validation and test
 * @param mean of red, green and blue over all pixels of the training split, in [0, 1]
 * @param std their standard deviation (population, not sample), in [0, 1]
 */
public record DataStatistics(int imageSize, List<String> classNames, List<Split> splits, List<Double> mean, List<Double> std) {

  /**
   * The images of one split.
   *
   * @param name train, validation or test
   * @param images how many
   * @param perClass how many of each class, in the order of the labels
   */
  public record Split(String name, int images, List<Integer> perClass) {

    private static Split of(String name, ImageSet images) {
      int[] counts = new int[images.numClasses()];
      for (int i = 0; i < images.size(); i++) {
        counts[images.label(i)]++;
      }
      return new Split(name, images.size(), IntStream.of(counts).boxed().toList());
    }
  }

  /**
   * Counts a data set; one pass over the training pixels.
   *
   * @param data the splits, the training split not empty
   * @return its statistics
   */
  public static DataStatistics of(DataSplits data) {
    ImageSet train = data.train();
    ChannelStatistics channels = ChannelStatistics.of(train);
    List<Split> splits =
        List.of(Split.of("train", train), Split.of("validation", data.validation()), Split.of("test", data.test()));
    return new DataStatistics(train.imageSize(), train.classNames(), splits, channels.mean(), channels.std());
  }
}
