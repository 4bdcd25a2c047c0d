package dev.sparrow.report;

import java.awt.Color;
import java.util.List;

/**
 * Colours for numbers. The scales keep their order in grey and for colour-blind readers.
 *
 * @param stops colours at equal distances, from 0 to 1
 */
record ColorScale(List<Color> stops) {

  /** From bright to dark: viridis from its bright end. */
  static final ColorScale VIRIDIS_FROM_BRIGHT = of(0xFDE725, 0x5EC962, 0x21918C, 0x3B528B, 0x440154);

  /** From dark to bright: viridis. */
  static final ColorScale VIRIDIS = of(0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725);

  /** From black to pale yellow: inferno, which shows on top of a grey image. */
  static final ColorScale INFERNO = of(0x000004, 0x420A68, 0x932667, 0xDD513A, 0xFCA50A, 0xFCFFA4);

  private static ColorScale of(Integer... rgb) {
    return new ColorScale(List.of(rgb).stream().map(Color::new).toList());
  }

  /**
   * The colour of a number, between the two nearest stops.
   *
   * @param place in [0, 1]; what lies outside takes the nearest end
   * @return the colour
   */
  Color at(double place) {
    double position = Math.min(1, Math.max(0, place)) * (stops.size() - 1);
    int below = Math.min(stops.size() - 2, (int) position);
    double share = position - below;
    Color from = stops.get(below);
    Color to = stops.get(below + 1);
    return new Color(
        mix(from.getRed(), to.getRed(), share), mix(from.getGreen(), to.getGreen(), share), mix(from.getBlue(), to.getBlue(), share));
  }

  /**
   * The colour to write with on top of a colour.
   *
   * @param background the colour below
   * @return black or white, whichever stands out more
   */
  static Color inkOn(Color background) {
    double luminance = 0.299 * background.getRed() + 0.587 * background.getGreen() + 0.114 * background.getBlue();
    return luminance > 140 ? Color.BLACK : Color.WHITE;
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }
}
