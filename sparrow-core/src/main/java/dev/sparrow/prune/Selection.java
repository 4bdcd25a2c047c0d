package dev.sparrow.prune;

import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Ranking;
import dev.sparrow.units.Density;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Which weights stay active, given their scores: those with the largest, and among equal ones the earlier. */
sealed interface Selection {

  /**
   * Selects on the way to the target, in geometric steps: a density d stands at d^progress.
   *
   * @param scores float32 by parameter name, not NaN
   * @param progress in (0, 1]; 1 is the target
   * @return boolean tensors by name, owned by the caller's scope
   */
  NamedTensors select(NamedTensors scores, double progress);

  private static Density at(Density target, double progress) {
    return new Density(Math.pow(target.value(), progress));
  }

  /** All weights are compared with each other. */
  record Global(Density density) implements Selection {

    @Override
    public NamedTensors select(NamedTensors scores, double progress) {
      long size = scores.asMap().values().stream().mapToLong(tensor -> tensor.numel()).sum();
      return Ranking.largest(scores, at(density, progress).activeOf(size));
    }
  }

  /** Each layer's weights are compared with each other. */
  record PerLayer(Map<String, Density> densities) implements Selection {

    @Override
    public NamedTensors select(NamedTensors scores, double progress) {
      Map<String, Tensor> selected = new LinkedHashMap<>();
      scores.forEach(
          (name, tensor) -> {
            long active = at(densities.get(name), progress).activeOf(tensor.numel());
            selected.put(name, Ranking.largest(scores.select(List.of(name)), active).get(name));
          });
      return new NamedTensors(selected);
    }
  }
}
