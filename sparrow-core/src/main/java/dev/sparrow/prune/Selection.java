package dev.sparrow.prune;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Ranking;
import dev.sparrow.units.Density;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Which weights stay active, given their scores: those with the largest, and among equal ones the earlier. */
public sealed interface Selection {

  /**
   * Selects on the way to the target.
   *
   * @param scores float32 by parameter name, not NaN
   * @param course where a density stands that is the target in the end; the same one at the target itself
   * @return boolean tensors by name, owned by the caller's scope
   */
  NamedTensors select(NamedTensors scores, UnaryOperator<Density> course);

  /**
   * All weights are compared with each other.
   *
   * @param density of all of them, in the end
   */
  record Global(Density density) implements Selection {

    @Override
    public NamedTensors select(NamedTensors scores, UnaryOperator<Density> course) {
      long size = scores.asMap().values().stream().mapToLong(tensor -> tensor.numel()).sum();
      return Ranking.largest(scores, course.apply(density).activeOf(size));
    }
  }

  /**
   * Each layer's weights are compared with each other.
   *
   * @param densities of each layer, in the end, by parameter name
   */
  record PerLayer(Map<String, Density> densities) implements Selection {

    @Override
    public NamedTensors select(NamedTensors scores, UnaryOperator<Density> course) {
      Map<String, Tensor> selected = new LinkedHashMap<>();
      scores.forEach(
          (name, tensor) -> {
            long active = course.apply(densities.get(name)).activeOf(tensor.numel());
            selected.put(name, Ranking.largest(scores.select(List.of(name)), active).get(name));
          });
      return new NamedTensors(selected);
    }
  }
}
