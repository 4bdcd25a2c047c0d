package dev.sparrow.sparse;

import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * One topology update of a whole network, its layers in parallel. Layers are copied to Java arrays: selecting there takes two passes over
 * them, which is faster than libtorch's sorting, and the result does not depend on the device or on the number of threads.
 */
final class TopologyUpdater {

  private final TrainingState state;
  private final NamedTensors gradients;
  private final DropAndGrow rule;

  /**
   * What an update made.
   *
   * @param masks a new set, owned by the caller
   * @param dropped weights deactivated
   * @param grown weights activated
   */
  record Result(MaskSet masks, long dropped, long grown) {}

  private record Layer(String name, Mask mask, DropAndGrow.Counts counts) {}

  /**
   * An update at a point of a run.
   *
   * @param state where the run stands; the weights are masked, the momentum is not
   * @param gradients dense gradients of the step just taken
   * @param rule what is done to each layer
   */
  TopologyUpdater(TrainingState state, NamedTensors gradients, DropAndGrow rule) {
    this.state = state;
    this.gradients = gradients;
    this.rule = rule;
  }

  /** Makes new masks; changes no tensor. */
  Result update(MaskSet masks) {
    NamedTensors weights = state.model().parameters();
    List<Layer> layers =
        List.copyOf(masks.prunable()).parallelStream().map(name -> update(name, weights.get(name), masks.get(name))).toList();
    Map<String, Mask> moved = new HashMap<>();
    layers.forEach(layer -> moved.put(layer.name, layer.mask));
    Map<String, Mask> updated = new LinkedHashMap<>(); // in the order of the masks; those of biases and batch norm stay as they are
    masks.asMap().forEach((name, mask) -> updated.put(name, moved.containsKey(name) ? moved.get(name) : Mask.copyOf(mask.tensor())));
    return new Result(
        new MaskSet(updated),
        layers.stream().mapToLong(layer -> layer.counts.dropped()).sum(),
        layers.stream().mapToLong(layer -> layer.counts.grown()).sum());
  }

  private Layer update(String name, Tensor weight, Mask mask) {
    try (TensorScope scope = TensorScope.open()) {
      boolean[] active = mask.toBooleans();
      GrowthSite site =
          new GrowthSite(
              active,
              Math.toIntExact(weight.size(0)),
              () -> Tensors.toFloats(gradients.get(name)),
              () -> Tensors.toFloats(state.momentum().get(name)),
              () -> new SplittableRandom(state.seed().derive("growth." + name, state.iteration()).value()));
      DropAndGrow.Counts counts = rule.update(Tensors.toFloats(weight), site);
      return new Layer(name, Mask.of(active, weight), counts);
    }
  }
}
