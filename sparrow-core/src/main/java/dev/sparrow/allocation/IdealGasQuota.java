package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Ideal-gas quota: a layer of n weights gets the density 1 / (f n + 1), with the one f at which the active weights add up to the target.
 * Large layers are thinned most. The total meets the target to within one weight; bounds and tolerance of the search are those of the
 * reference, and so are the quotas to their last digits.
 *
 * <p>Source: Vysogorets and Kempe, "Connectivity Matters: Neural Network Pruning Through the Lens of Effective Sparsity" (2021).
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class IdealGasQuota implements Allocation {

  @Override
  public Map<String, Density> allocate(Map<String, Shape> shapes, Density target) {
    return new IdealGas(shapes, name -> shapes.get(name).size()).compress(target);
  }
}
