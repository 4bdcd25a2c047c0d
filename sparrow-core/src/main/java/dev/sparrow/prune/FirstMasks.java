package dev.sparrow.prune;

import dev.sparrow.BadInput;
import dev.sparrow.allocation.Allocation;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * The masks that a sparse training starts from: random, or made by pruning the weights as they are.
 *
 * <p>Among all weights, {@link Density#activeOf} of their number are active; per layer, {@link Density#activeOf} of each layer's at the
 * density that the allocation gives it.
 *
 * @param config scorer, scope, batches, rounds, and whether a layer may be left empty
 * @param allocation how the density is divided among the layers, where they are compared within
 * @param density the target
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record FirstMasks(PruneConfig config, Allocation allocation, Density density) {

  private static final String CONSUMER = "masks";

  /**
   * Makes masks. The network is unchanged afterwards; apply the masks to it.
   *
   * @param model the network whose weights are judged
   * @param device where it lives
   * @param images training batches in a fixed order; may be {@link Batches#NONE} for scorers that look at none
   * @param seed root of all randomness
   * @return new masks, one per prunable weight in parameter order, owned by the caller
   * @throws BadInput if the scorer needs images and there are too few, if its scores are not finite, if the scorer needs
   *     derivatives that the network does not have, or if a layer is left without weights and that is not allowed
   */
  public MaskSet make(Classifier model, DeviceSpec device, Batches images, Seed seed) {
    Seed own = seed.derive(CONSUMER);
    MaskSet masks = drawsPositions() ? MaskSet.random(model.parameters(), allocate(model), own) : prune(model, device, images, own);
    try {
      new LayerCollapse(config.allowCollapse()).check(masks, describe());
      return masks;
    } catch (BadInput e) {
      masks.close();
      throw e;
    }
  }

  /** Random positions at given densities need no scores. */
  private boolean drawsPositions() {
    return config.scorer() == ScorerKind.RANDOM && config.effectiveScope() == PruneScope.LAYER;
  }

  private MaskSet prune(Classifier model, DeviceSpec device, Batches images, Seed seed) {
    Selection selection =
        switch (config.effectiveScope()) {
          case GLOBAL -> new Selection.Global(density);
          case LAYER -> new Selection.PerLayer(allocate(model));
        };
    Scorer scorer = Scorers.of(config.scorer());
    Batches looked = scorer.needsImages() ? first(images) : Batches.NONE;
    return new PruningRounds(scorer, selection, config.effectiveRounds()).run(model, device, looked, seed);
  }

  private Batches first(Batches images) {
    if (images.count() < config.batches()) {
      String expected = "at least " + config.batches() + " batches, as score-batches says";
      throw BadInput.usage("images for the scorer " + config.scorer().label(), expected, images.count() == 0 ? "none" : images.count());
    }
    return new Batches() {
      @Override
      public int count() {
        return config.batches();
      }

      @Override
      public Batch get(int index) {
        return images.get(index);
      }
    };
  }

  private Map<String, Density> allocate(Classifier model) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    model.prunableParameters().forEach(name -> shapes.put(name, Tensors.shapeOf(model.parameters().get(name))));
    return allocation.allocate(shapes, density);
  }

  private String describe() {
    return config.effectiveScope().label() + " " + config.scorer().label() + " at density " + density.value();
  }
}
