package dev.sparrow.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The prunable weights of the golden networks, without building the networks. */
public final class GoldenShapes {

  private GoldenShapes() {}

  /** Shapes of rank 4 and 2 by name, in parameter order, of for example {@code resnet18-10}. */
  public static Map<String, Shape> prunable(String network) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (JsonNode entry : Golden.reference().get("arch").get(network).get("param_shapes")) {
      List<Integer> dims = new ArrayList<>();
      entry.get(1).forEach(dim -> dims.add(dim.asInt()));
      if (dims.size() == 4 || dims.size() == 2) {
        shapes.put(entry.get(0).asText(), new Shape(dims));
      }
    }
    return shapes;
  }
}
