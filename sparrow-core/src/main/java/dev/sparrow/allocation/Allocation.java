package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * How a global density is divided among the layers: a pure function of their shapes and of what the
 * allocation knows of the network.
 *
 * <p>The densities times the layers' sizes add up to the target times the whole size, to within one weight. Each is in (0, 1]: no
 * allocation ever empties a layer, and masks keep at least one weight per layer when the density rounds to none.
 */
@FunctionalInterface
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface Allocation {

  /**
   * Divides a density.
   *
   * @param shapes weight shape by parameter name; rank 4 [out, in, height, width] or rank 2 [out, in]
   * @param target global density
   * @return density by parameter name, in the order of {@code shapes}; unmodifiable
   */
  Map<String, Density> allocate(Map<String, Shape> shapes, Density target);
}
