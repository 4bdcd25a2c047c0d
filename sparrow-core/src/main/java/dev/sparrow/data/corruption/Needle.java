package dev.sparrow.data.corruption;

import java.util.List;
import java.util.stream.Stream;

/**
 * A needle of ice: a straight line that thins out towards its end. Lengths are in pixels.
 *
 * @param y where it begins
 * @param x where it begins
 * @param down how far it goes down from there
 * @param right how far it goes right
 * @param width half of its thickness at the beginning
 */
record Needle(double y, double x, double down, double right, double width) {

  private static final int BRANCHES = 5;
  private static final double BRANCH_LENGTH = 0.4;

  /** Ice crystals have six equal directions: branches leave at 60 degrees. */
  private static final double COS = 0.5;

  private static final double SIN = Math.sqrt(0.75);

  /** The needle and those that grow out of both its sides, shorter towards its end. */
  List<Needle> feather() {
    Stream.Builder<Needle> needles = Stream.builder();
    needles.add(this);
    for (int i = 1; i <= BRANCHES; i++) {
      double along = (double) i / (BRANCHES + 1);
      double length = BRANCH_LENGTH * (1 - along);
      for (double side : new double[] {SIN, -SIN}) {
        double branchDown = length * (COS * down + side * right);
        double branchRight = length * (COS * right - side * down);
        needles.add(new Needle(y + along * down, x + along * right, branchDown, branchRight, width));
      }
    }
    return needles.build().toList();
  }

  /** How much ice there is at a point: 1 on the line, 0 from its width on. */
  double at(double pointY, double pointX) {
    double dy = pointY - y;
    double dx = pointX - x;
    double along = Math.max(0, Math.min(1, (dx * right + dy * down) / (right * right + down * down)));
    double distance = Math.sqrt(square(dx - along * right) + square(dy - along * down));
    return Math.max(0, 1 - distance / (width * (1 - along / 2)));
  }

  private static double square(double value) {
    return value * value;
  }
}
