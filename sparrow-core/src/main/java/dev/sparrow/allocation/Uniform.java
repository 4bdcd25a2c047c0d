package dev.sparrow.allocation;

import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;

/** The same density everywhere. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Uniform implements Allocation {

  @Override
  public Map<String, Density> allocate(Map<String, Shape> shapes, Density target) {
    Map<String, Density> densities = new LinkedHashMap<>();
    shapes.keySet().forEach(name -> densities.put(name, target));
    return Collections.unmodifiableMap(densities);
  }
}
