package dev.sparrow.analysis;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.LayerCost;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.BarChart;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the active weights of a network are, and what they cost.
 *
 * @param network where it comes from
 * @param arch its architecture
 * @param density active fraction of the prunable weights
 * @param nonzeros active weights
 * @param prunable prunable weights
 * @param activeMacs multiply-accumulates of classifying one image with the active weights alone
 * @param layers the layers, in execution order
 */
public record LayerDensities(
    String network, String arch, double density, long nonzeros, long prunable, double activeMacs, List<Layer> layers) {

  /** Copies the layers. */
  public LayerDensities {
    layers = List.copyOf(layers);
  }

  /**
   * One layer.
   *
   * @param name its weight's name
   * @param shape the weight's shape
   * @param density active fraction of its weights
   * @param nonzeros its active weights
   * @param macs multiply-accumulates of the dense layer for one image
   * @param macsShare its part of the multiply-accumulates of the dense network
   * @param activeMacsShare its part of the multiply-accumulates with active weights; 0 if there are none in the whole network
   */
  public record Layer(String name, Shape shape, double density, long nonzeros, long macs, double macsShare, double activeMacsShare) {}

  /**
   * Counts a network's active weights.
   *
   * @param network where it comes from, for people
   * @param blueprint the network
   * @param masks one per prunable weight, borrowed
   * @return the counts
   */
  public static LayerDensities of(String network, Blueprint blueprint, MaskSet masks) {
    InferenceCost cost = InferenceCost.of(blueprint);
    Map<String, Double> densities = masks.densities();
    double activeMacs = cost.activeMacs(densities);
    List<Layer> layers = cost.layers().stream().map(layer -> layer(layer, masks.get(layer.name()), cost.macs(), activeMacs)).toList();
    return new LayerDensities(network, blueprint.name(), masks.density(), masks.active(), masks.size(), activeMacs, layers);
  }

  private static Layer layer(LayerCost cost, Mask mask, double macs, double activeMacs) {
    double active = mask.density() * cost.macs();
    return new Layer(
        cost.name(), cost.weight(), mask.density(), mask.active(), cost.macs(), cost.macs() / macs, active == 0 ? 0 : active / activeMacs);
  }

  /**
   * Draws a bar for the density of each layer, and one for its part of the cost.
   *
   * @param file a PNG, replaced as a whole
   * @throws IOException if it cannot be written
   */
  public void draw(Path file) throws IOException {
    String subtitle =
        String.format(Locale.ROOT, "%s: density %.4g, %,d of %,d prunable weights active", arch, density, nonzeros, prunable);
    List<String> names = layers.stream().map(layer -> layer.name().replaceFirst("\\.weight$", "")).toList();
    new BarChart("Active weights of each layer", subtitle, names)
        .column("density", layers.stream().map(Layer::density).toList(), 1)
        .column("part of the active multiply-accumulates", layers.stream().map(Layer::activeMacsShare).toList(), largestShare())
        .write(file);
  }

  private double largestShare() {
    return layers.stream().mapToDouble(Layer::activeMacsShare).max().orElse(1);
  }
}
