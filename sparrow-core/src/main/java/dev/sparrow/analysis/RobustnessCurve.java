package dev.sparrow.analysis;

import dev.sparrow.report.AccuracyCurve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The accuracy of a network against the strength of an attack.
 *
 * @param network what was looked at
 * @param over what varies
 * @param attack the attack, with what does not vary
 * @param images number of images
 * @param cleanAccuracy accuracy without an attack, in [0, 1]
 * @param points from weak to strong
 * @param limit over radii, the accuracy at the radius that reaches plain grey from every image, where an attack that works leaves none
 *     standing; over steps empty
 * @param flags reasons to doubt the curve
 * @param seconds wall-clock time
 */
public record RobustnessCurve(
    String network,
    Over over,
    String attack,
    int images,
    double cleanAccuracy,
    List<Point> points,
    Optional<Point> limit,
    List<CurveFlag> flags,
    double seconds) {

  /** Differences of accuracy up to this one are not worth a flag. */
  private static final double TOLERANCE = 0.01;

  /** Copies the lists. */
  public RobustnessCurve {
    points = List.copyOf(points);
    flags = List.copyOf(flags);
  }

  /**
   * One point of the curve.
   *
   * @param at what varies, as one would type it, for example {@code 8/255} or {@code 20}
   * @param value the same as a number
   * @param robustAccuracy fraction of the images classified correctly before and after the attack, in [0, 1]
   */
  public record Point(String at, double value, double robustAccuracy) {}

  /** The same curve with the flags that it deserves. */
  RobustnessCurve flagged() {
    List<CurveFlag> deserved = new ArrayList<>();
    if (limit.isPresent() && limit.get().robustAccuracy() > TOLERANCE) {
      deserved.add(CurveFlag.STANDS_AT_LIMIT);
    }
    if (rises()) {
      deserved.add(CurveFlag.RISES_WITH_STEPS);
    }
    return new RobustnessCurve(network, over, attack, images, cleanAccuracy, points, limit, deserved, seconds);
  }

  /** By more than the tolerance, and more than one image. */
  private boolean rises() {
    double least = 1;
    for (Point point : points) {
      if (point.robustAccuracy() - least > Math.max(TOLERANCE, 1.5 / images)) {
        return true;
      }
      least = Math.min(least, point.robustAccuracy());
    }
    return false;
  }

  /**
   * Draws the curve.
   *
   * @param file a PNG file, replaced if it exists
   * @throws IOException if it cannot be written
   */
  public void draw(Path file) throws IOException {
    Map<Double, Double> values = new LinkedHashMap<>();
    points.forEach(point -> values.put(over.axisValue(point.value()), 100 * point.robustAccuracy()));
    String title = String.format(Locale.ROOT, "%s, %d images, %s", network, images, attack);
    AccuracyCurve.write(file, title, over.axis(), over == Over.STEPS, values);
  }
}
