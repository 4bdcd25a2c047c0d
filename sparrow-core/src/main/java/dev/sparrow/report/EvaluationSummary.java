package dev.sparrow.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One evaluation of a run's network, as its result card tells it.
 *
 * @param name the folder of the evaluation
 * @param images number of images
 * @param cleanAccuracy on the images themselves, in [0, 1]
 * @param robustAccuracy after every attack, in [0, 1]
 * @param perAttack robust accuracy after each attack, in the order in which they ran
 * @param flags codes of what makes it unreliable
 */
record EvaluationSummary(
    String name, int images, double cleanAccuracy, double robustAccuracy, Map<String, Double> perAttack, List<String> flags) {

  /** Reads the cards below a folder, in the order of their names. */
  static List<EvaluationSummary> readAll(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().map(entry -> entry.resolve("card.json")).filter(Files::exists).map(EvaluationSummary::read).toList();
    }
  }

  /** Of a card, a report shows what Sparrow adds to RobustBench's keys. */
  private static EvaluationSummary read(Path card) {
    JsonNode details = required(Json.read(card, JsonNode.class), "sparrow", card);
    Map<String, Double> perAttack = new LinkedHashMap<>();
    required(details, "attacks", card)
        .forEach(attack -> perAttack.put(required(attack, "name", card).asText(), required(attack, "robustAccuracy", card).asDouble()));
    List<String> flags = new ArrayList<>();
    required(details, "flags", card).forEach(flag -> flags.add(required(flag, "code", card).asText()));
    return new EvaluationSummary(
        card.getParent().getFileName().toString(),
        required(details, "images", card).asInt(),
        required(details, "cleanAccuracy", card).asDouble(),
        required(details, "robustAccuracy", card).asDouble(),
        perAttack,
        flags);
  }

  private static JsonNode required(JsonNode parent, String key, Path where) {
    if (!parent.has(key)) {
      throw BadInput.data("JSON", "the key '" + key + "'", "none", where);
    }
    return parent.get(key);
  }
}
