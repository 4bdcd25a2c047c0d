package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Erdos-Renyi in its linear-layer form: density proportional to (in + out) / (in * out), whatever the kernel's size. Layers that would
 * exceed 1 become dense.
 *
 * <p>Source: Mocanu et al., "Scalable training of artificial neural networks with adaptive sparse connectivity" (2018).
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ErdosRenyi implements Allocation {

  @Override
  public Map<String, Density> allocate(Map<String, Shape> shapes, Density target) {
    return ProportionalDensities.solve(shapes, target, shape -> (shape.dim(0) + shape.dim(1)) / ((double) shape.dim(0) * shape.dim(1)));
  }
}
