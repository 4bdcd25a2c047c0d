package dev.sparrow.sparse;

import dev.sparrow.allocation.Allocation;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.prune.Selection;
import dev.sparrow.schedule.CubicDensity;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Gradual magnitude pruning: from dense to sparse while the network trains, the smallest weights first. What is pruned stays pruned.
 *
 * <p>At every update the number of active weights becomes {@link Density#activeOf} of the scheduled density; masks that are sparser
 * already, those of a ticket, are left alone until the schedule has come down to them.
 *
 * <p>Source: Zhu and Gupta, "To prune, or not to prune" (2017). Differs from it in that weights are ranked over the whole network unless
 * there is an allocation; the paper gives every layer the same sparsity, which is the allocation {@code uniform}.
 *
 * @param updates when, together with the density's start and end
 * @param density the course of the global density
 * @param allocation what each layer's course ends at, where weights are ranked within their layer; empty to rank them globally
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record GradualPlan(UpdateSchedule updates, CubicDensity density, Optional<Allocation> allocation) implements TopologyPlan {

  @Override
  public boolean isDue(long iteration) {
    return density.isDue(iteration, updates);
  }

  /** {@inheritDoc} Magnitudes decide. */
  @Override
  public boolean readsGradients() {
    return false;
  }

  /** {@inheritDoc} None does here: the density is what is prescribed. */
  @Override
  public double dropFraction(long stepsTaken) {
    return 0;
  }

  @Override
  public MaskChange update(MaskSet masks, TrainingState state, NamedTensors gradients, SignalHistory signals) {
    try (TensorScope scope = TensorScope.open();
        var guard = Tensors.noGrad()) {
      NamedTensors weights = state.model().parameters().select(state.model().prunableParameters());
      NamedTensors magnitudes = weights.map((name, weight) -> magnitudes(weight, masks.get(name)));
      NamedTensors largest = selection(weights).select(magnitudes, target -> density.towards(target).at(state.iteration()));
      Map<String, Tensor> next = new LinkedHashMap<>(masks.tensors().asMap());
      largest.forEach((name, tensor) -> next.put(name, tensor.logical_and(masks.get(name).tensor())));
      MaskSet pruned = MaskSet.copyOf(new NamedTensors(next));
      long dropped = masks.active() - pruned.active();
      return new MaskChange(pruned, dropped / (double) masks.active(), dropped, 0, DensityEvent.NONE);
    }
  }

  /** Inactive weights come last. Not a number comes first, so that a run that diverges is told so by its checks. */
  private static Tensor magnitudes(Tensor weight, Mask mask) {
    Tensor magnitudes = weight.abs();
    return magnitudes
        .masked_fill_(magnitudes.isnan(), new Scalar(Double.POSITIVE_INFINITY))
        .masked_fill_(mask.tensor().logical_not(), new Scalar(-1.0));
  }

  private Selection selection(NamedTensors weights) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    weights.forEach((name, weight) -> shapes.put(name, Tensors.shapeOf(weight)));
    return allocation
        .<Selection>map(toLayers -> new Selection.PerLayer(toLayers.allocate(shapes, density.last())))
        .orElseGet(() -> new Selection.Global(density.last()));
  }
}
