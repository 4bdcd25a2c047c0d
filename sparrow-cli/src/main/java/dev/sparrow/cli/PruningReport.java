package dev.sparrow.cli;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.TextTable;
import dev.sparrow.units.Shape;
import java.nio.file.Path;
import java.util.List;

/**
 * What pruning left of a network, as {@code prune --json} prints it.
 *
 * @param scorer what ranked the weights
 * @param scope among which weights they were ranked
 * @param density reached, the active fraction of all prunable weights
 * @param layers the prunable weights in the reference's order
 * @param ticket the folder of masks and weights
 */
record PruningReport(String scorer, String scope, double density, List<Layer> layers, String ticket) {

  /**
   * What is left of a layer.
   *
   * @param name its weight's key in the reference's state_dict
   * @param shape the weight's shape
   * @param density its active fraction
   * @param nonzeros its active weights
   */
  record Layer(String name, Shape shape, double density, long nonzeros) {}

  /** Sums masks up. */
  static PruningReport of(PruneConfig config, Blueprint blueprint, MaskSet masks, Path ticket) {
    List<Layer> layers =
        masks.asMap().entrySet().stream().map(mask -> layer(mask.getKey(), blueprint.prunable().get(mask.getKey()), mask.getValue())).toList();
    return new PruningReport(config.scorer().label(), config.effectiveScope().label(), masks.density(), layers, ticket.toString());
  }

  private static Layer layer(String name, Shape shape, Mask mask) {
    return new Layer(name, shape, mask.density(), mask.active());
  }

  /**
   * The same for people.
   *
   * @param next the command line that trains the ticket
   * @return a table and a few lines
   */
  String text(String next) {
    TextTable table = new TextTable().left("layer").right("shape").right("density").right("nonzeros");
    layers.forEach(layer -> table.row(layer.name(), layer.shape(), Texts.format("%.4f", layer.density()), layer.nonzeros()));
    long nonzeros = layers.stream().mapToLong(Layer::nonzeros).sum();
    long size = layers.stream().mapToLong(layer -> layer.shape().size()).sum();
    return Texts.format(
        "%s%n%s, %s: density %.4f, %,d of %,d prunable weights%nticket  %s%nnext    %s",
        table, scorer, scope, density, nonzeros, size, ticket, next);
  }
}
