package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The mean and standard deviation by which a model normalises its input, per channel; it does so inside, images stay in [0, 1].
 *
 * @param mean red, green, blue
 * @param std red, green, blue, each above 0
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Normalization(List<Double> mean, List<Double> std) {

  /** CIFAR-10's. */
  public static final Normalization CIFAR10 = new Normalization(List.of(.4914, .4822, .4465), List.of(.2470, .2435, .2616));

  /** CIFAR-100's. */
  public static final Normalization CIFAR100 = new Normalization(List.of(.5071, .4865, .4409), List.of(.2673, .2564, .2762));

  /** Tiny-ImageNet's. */
  public static final Normalization TINYIMAGENET = new Normalization(List.of(.4802, .4481, .3975), List.of(.2302, .2265, .2262));

  /** Leaves pixels as they are. */
  public static final Normalization NONE = new Normalization(List.of(0., 0., 0.), List.of(1., 1., 1.));

  private static final double GREY_LEVEL = 1 / 255.0;
  private static final double DECIMALS = 10_000;
  private static final Map<String, Normalization> NAMED = named();
  private static final String EXPECTED = "one of " + String.join(", ", NAMED.keySet())
      + " or six numbers (mean of red, green, blue, then standard deviation above 0)";

  /**
   * Copies the numbers and checks them.
   *
   * @param mean red, green, blue
   * @param std red, green, blue, each above 0
   */
  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    boolean complete = mean.size() == ImageSet.CHANNELS && std.size() == ImageSet.CHANNELS;
    if (!complete || !mean.stream().allMatch(Double::isFinite) || !std.stream().allMatch(s -> s > 0 && Double.isFinite(s))) {
      throw BadInput.usage("--normalization", "three finite means and three standard deviations above 0", mean + " and " + std);
    }
  }

  private static Map<String, Normalization> named() {
    Map<String, Normalization> named = new LinkedHashMap<>();
    named.put("cifar10", CIFAR10);
    named.put("cifar100", CIFAR100);
    named.put("tinyimagenet", TINYIMAGENET);
    named.put("none", NONE);
    return named;
  }

  /**
   * Reads a name or six numbers.
   *
   * @param text cifar10, cifar100, tinyimagenet, none, or three means and three standard deviations, comma-separated
   * @return the normalisation
   * @throws BadInput if it is neither
   */
  public static Normalization parse(String text) {
    Normalization known = NAMED.get(text.strip());
    if (known != null) {
      return known;
    }
    try {
      List<Double> numbers = Arrays.stream(text.split(",", -1)).map(String::strip).map(Double::valueOf).toList();
      if (numbers.size() == 2 * ImageSet.CHANNELS) {
        return new Normalization(numbers.subList(0, ImageSet.CHANNELS), numbers.subList(ImageSet.CHANNELS, numbers.size()));
      }
    } catch (NumberFormatException e) {
      // reported below, with what would have been right
    }
    throw BadInput.usage("--normalization", EXPECTED, "'" + text + "'");
  }

  /**
   * A set's own mean and standard deviation, rounded to four decimals like the published ones. A channel that hardly varies is divided by
   * one grey level, not by zero.
   *
   * @param images the training images, at least one
   * @return the normalisation
   */
  public static Normalization of(ImageSet images) {
    ChannelStatistics channels = ChannelStatistics.of(images);
    return new Normalization(
        channels.mean().stream().map(Normalization::rounded).toList(),
        channels.std().stream().map(std -> rounded(Math.max(std, GREY_LEVEL))).toList());
  }

  private static double rounded(double value) {
    return Math.rint(value * DECIMALS) / DECIMALS;
  }

  /** Prints what {@link #parse} reads: the name if it has one, else six numbers. */
  @Override
  public String toString() {
    return NAMED.entrySet().stream()
        .filter(entry -> mean.equals(entry.getValue().mean) && std.equals(entry.getValue().std))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> Stream.concat(mean.stream(), std.stream()).map(String::valueOf).collect(Collectors.joining(",")));
  }
}
