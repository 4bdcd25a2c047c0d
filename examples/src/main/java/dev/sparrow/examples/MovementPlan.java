package dev.sparrow.examples;

import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.sparse.DensityEvent;
import dev.sparrow.sparse.MaskChange;
import dev.sparrow.sparse.SignalHistory;
import dev.sparrow.sparse.TopologyPlan;
import dev.sparrow.sparse.TrainingState;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Drops the weights that training is moving towards zero, after the first-order score of movement pruning (Sanh et al., 2020), and grows
 * as many at random.
 *
 * @param updates when
 * @param dropFraction fraction of a layer's active weights that an update drops
 */
public record MovementPlan(UpdateSchedule updates, double dropFraction) implements TopologyPlan {

  @Override
  public boolean isDue(long iteration) {
    return updates.isDue(iteration);
  }

  /** {@inheritDoc} Those of active weights are all it takes. */
  @Override
  public boolean readsGradients() {
    return false;
  }

  @Override
  public double dropFraction(long stepsTaken) {
    return dropFraction;
  }

  @Override
  public MaskChange update(MaskSet masks, TrainingState state, NamedTensors gradients, SignalHistory signals) {
    Map<String, Mask> moved = new LinkedHashMap<>();
    long count = 0;
    for (String name : masks.names()) {
      Tensor weight = state.model().parameters().get(name);
      boolean[] active = masks.get(name).toBooleans();
      Random random = new Random(state.seed().derive("movement." + name, state.iteration()).value());
      count += move(active, Tensors.toFloats(weight), Tensors.toFloats(gradients.get(name)), random);
      moved.put(name, Mask.of(active, weight));
    }
    return new MaskChange(new MaskSet(moved), dropFraction, count, count, DensityEvent.NONE);
  }

  /** Moves connections of one layer. A step goes against the gradient, so where both have the same sign it shortens the weight. */
  int move(boolean[] active, float[] weights, float[] gradients, Random random) {
    List<Integer> kept = positions(active, true);
    List<Integer> free = positions(active, false);
    kept.sort(Comparator.comparingDouble(i -> -weights[i] * gradients[i]));
    Collections.shuffle(free, random);
    int count = Math.min((int) (dropFraction * kept.size()), free.size());
    kept.subList(0, count).forEach(i -> active[i] = false);
    free.subList(0, count).forEach(i -> active[i] = true);
    return count;
  }

  private static List<Integer> positions(boolean[] active, boolean wanted) {
    return new ArrayList<>(IntStream.range(0, active.length).filter(i -> active[i] == wanted).boxed().toList());
  }
}
