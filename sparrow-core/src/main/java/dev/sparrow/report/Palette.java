package dev.sparrow.report;

import java.awt.Color;

/**
 * The colours of a picture. Series take Okabe and Ito's colours, which stay apart for colour-blind readers, in shades that reach a contrast
 * of three to one against the background; every series also has a dash or marker of its own.
 *
 * @param background behind everything
 * @param text titles, labels and legends
 * @param faint grid lines and frames
 * @param train training images
 * @param validation validation images
 * @param test test images
 * @param other anything else
 */
record Palette(Color background, Color text, Color faint, Color train, Color validation, Color test, Color other) {

  /** On white. */
  static final Palette LIGHT = of(0xffffff, 0x24292f, 0xe1e4e8, 0xb07500, 0x0072b2, 0xd55e00, 0x00835f);

  private static Palette of(int... rgb) {
    return new Palette(
        new Color(rgb[0]), new Color(rgb[1]), new Color(rgb[2]), new Color(rgb[3]), new Color(rgb[4]), new Color(rgb[5]), new Color(rgb[6]));
  }
}
