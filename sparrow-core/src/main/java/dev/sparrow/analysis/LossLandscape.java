package dev.sparrow.analysis;

import dev.sparrow.report.Chart;
import dev.sparrow.report.ChartGrid;
import dev.sparrow.report.LineChart;
import dev.sparrow.report.SurfaceMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The mean cross-entropy around a network's weights and around its images.
 *
 * @param network where it comes from
 * @param images which images
 * @param count how many
 * @param attack what made the adversarial ones, anew at every point in the space of the weights
 * @param line along a random direction of the weights
 * @param clean over two random directions of the weights, the first that of the line
 * @param adversarial the same after the attack
 * @param input around the images: towards the adversarial image, which is at 1, and a random direction
 */
public record LossLandscape(
    String network, String images, int count, String attack, Line line, LossPlane clean, LossPlane adversarial, LossPlane input) {

  /**
   * Losses along a line.
   *
   * @param places coordinates, ascending, 0 in the middle
   * @param clean loss on the images as they are
   * @param adversarial loss after the attack
   */
  public record Line(List<Double> places, List<Double> clean, List<Double> adversarial) {

    /** Copies the lists. */
    public Line {
      places = List.copyOf(places);
      clean = List.copyOf(clean);
      adversarial = List.copyOf(adversarial);
    }
  }

  /**
   * Draws the line and the three planes.
   *
   * @param file a PNG, replaced as a whole
   * @throws IOException if it cannot be written
   */
  public void draw(Path file) throws IOException {
    Chart lines =
        new LineChart("Along one direction of the weights", "step, in lengths of each filter", "mean cross-entropy in nats")
            .line("clean", line.places(), line.clean())
            .line(attack, line.places(), line.adversarial());
    String first = "first random direction of the weights";
    String second = "second random direction";
    new ChartGrid(
            List.of(
                lines,
                plane("Around the images", "towards the adversarial image (1)", "random direction", input),
                plane("Around the weights, clean images", first, second, clean),
                plane("Around the weights, after " + attack, first, second, adversarial)))
        .write(file);
  }

  private static Chart plane(String title, String across, String up, LossPlane plane) {
    return new SurfaceMap(title, across, up, "mean cross-entropy in nats", plane.places(), plane.losses());
  }
}
