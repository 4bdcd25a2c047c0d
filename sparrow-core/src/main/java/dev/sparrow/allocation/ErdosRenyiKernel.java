package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Erdos-Renyi-Kernel: density proportional to the sum of all dimensions of a weight over their product, kernel included. Layers that would
 * exceed 1 become dense.
 *
 * <p>Source: Evci et al., "Rigging the Lottery" (2020).
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ErdosRenyiKernel implements Allocation {

  @Override
  public Map<String, Density> allocate(Map<String, Shape> shapes, Density target) {
    return ProportionalDensities.solve(
        shapes, target, shape -> shape.dims().stream().mapToInt(Integer::intValue).sum() / (double) shape.size());
  }
}
