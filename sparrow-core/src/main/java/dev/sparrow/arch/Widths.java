package dev.sparrow.arch;

import dev.sparrow.units.Density;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Channels of a network's stages from its base width. */
final class Widths {

  private static final int STAGES = 4;

  /** The base width of WideResNet is a quarter of the others': 16 where they have 64. */
  private static final int WIDE_RESNET_FRACTION = 4;

  /** Width scales of the paper's SmallDense networks, by the fraction of ResNet-18's weights that they keep. */
  private static final Map<Double, Double> SMALL_DENSE_SCALES = Map.of(0.05, 0.223, 0.1, 0.316, 0.2, 0.448, 0.6, 0.775, 0.8, 0.895);

  private Widths() {}

  /** Channels that double from stage to stage: [w, 2 w, 4 w, 8 w]. */
  static int[] doubling(int width) {
    return IntStream.range(0, STAGES).map(stage -> width << stage).toArray();
  }

  /**
   * Channels of a dense network with about {@code density} times the weights: each stage's are scaled and rounded, at least 1.
   *
   * <p>The scale is the paper's where it names one and the square root of the density elsewhere, since weights grow with the square of the
   * width.
   */
  static int[] smallDense(int width, Density density) {
    double scale = SMALL_DENSE_SCALES.getOrDefault(density.value(), Math.sqrt(density.value()));
    return IntStream.of(doubling(width)).map(channels -> Math.max(1, (int) Math.rint(channels * scale))).toArray();
  }

  /** The budgets of the paper's SmallDense networks, in descending order. */
  static List<Density> smallDenseDensities() {
    return SMALL_DENSE_SCALES.keySet().stream().sorted(Comparator.reverseOrder()).map(Density::new).toList();
  }

  /** Channels of WideResNet's stem: a quarter of the width, rounded, at least 1. */
  static int wideResNetStem(int width) {
    return Math.max(1, Math.round((float) width / WIDE_RESNET_FRACTION));
  }
}
