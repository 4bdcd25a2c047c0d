package dev.sparrow.sparse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.Method;
import dev.sparrow.io.Json;

/** Hand-written states, which also pin their format. */
final class States {

  private States() {}

  /** The scalars of a run that has not begun. */
  static JsonNode scalars(Method method) {
    return Json.parse(
        "{\"method\": \"" + method.label() + "\", \"iteration\": 0, \"signals\": {\"gaps\": [], \"losses\": []}}", JsonNode.class, "test");
  }
}
