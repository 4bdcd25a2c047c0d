package dev.sparrow.analysis;

import dev.sparrow.BadInput;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.MatrixMap;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How similar the masks of networks of one shape are, pair by pair.
 *
 * @param networks what was compared
 * @param pairs every pair, the earlier network first
 */
public record MaskSimilarity(List<Network> networks, List<Pair> pairs) {

  /** Copies the lists. */
  public MaskSimilarity {
    networks = List.copyOf(networks);
    pairs = List.copyOf(pairs);
  }

  /**
   * One network.
   *
   * @param name where it comes from
   * @param density active fraction of the prunable weights
   * @param nonzeros active weights
   */
  public record Network(String name, double density, long nonzeros) {}

  /**
   * Two networks.
   *
   * @param first position of the first among the networks, from 0
   * @param second position of the second
   * @param all over all prunable weights
   * @param layers layer by layer, in parameter order
   */
  public record Pair(int first, int second, MaskOverlap all, Map<String, MaskOverlap> layers) {}

  /**
   * Compares networks.
   *
   * @param masks by the networks' names, one mask per prunable weight each; borrowed
   * @return the comparison
   * @throws BadInput if the networks differ in shape
   */
  public static MaskSimilarity of(Map<String, MaskSet> masks) {
    List<String> names = List.copyOf(masks.keySet());
    names.forEach(name -> requireSameShape(masks, names.get(0), name));
    List<Network> networks =
        names.stream().map(name -> new Network(name, masks.get(name).density(), masks.get(name).active())).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int first = 0; first < names.size(); first++) {
      for (int second = first + 1; second < names.size(); second++) {
        pairs.add(pair(first, second, masks.get(names.get(first)), masks.get(names.get(second))));
      }
    }
    return new MaskSimilarity(networks, pairs);
  }

  private static Pair pair(int first, int second, MaskSet firstMasks, MaskSet secondMasks) {
    Map<String, MaskOverlap> layers = new LinkedHashMap<>();
    firstMasks.prunable().forEach(name -> layers.put(name, MaskOverlap.of(firstMasks.get(name), secondMasks.get(name))));
    return new Pair(first, second, layers.values().stream().reduce(MaskOverlap.NONE, MaskOverlap::plus), layers);
  }

  private static void requireSameShape(Map<String, MaskSet> masks, String first, String name) {
    Map<String, Shape> expected = shapes(masks.get(first));
    Map<String, Shape> got = shapes(masks.get(name));
    if (!expected.equals(got)) {
      throw BadInput.data("prunable weights", expected + " as in " + first, got, name);
    }
  }

  private static Map<String, Shape> shapes(MaskSet masks) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    masks.prunable().forEach(name -> shapes.put(name, Tensors.shapeOf(masks.get(name).tensor())));
    return shapes;
  }

  /**
   * Draws a heat map of the Jaccard indices: the measured ones on and below the diagonal, above it what random masks would have.
   *
   * @param file a PNG, replaced as a whole
   * @throws IOException if it cannot be written
   */
  public void draw(Path file) throws IOException {
    double[][] cells = new double[networks.size()][networks.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i][i] = 1;
    }
    for (Pair pair : pairs) {
      cells[pair.second()][pair.first()] = pair.all().jaccard();
      cells[pair.first()][pair.second()] = pair.all().expectedJaccard();
    }
    List<List<Double>> values = new ArrayList<>();
    for (double[] row : cells) {
      values.add(Arrays.stream(row).boxed().toList());
    }
    List<String> names = networks.stream().map(Network::name).toList();
    String subtitle = "Jaccard index: below the diagonal as measured, above it as random masks of the same layer densities would have";
    new MatrixMap("Which active weights networks share", subtitle, "", names, "", names, values).write(file);
  }
}
