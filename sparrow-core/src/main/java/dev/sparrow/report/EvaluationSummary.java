package dev.sparrow.report;

import com.fasterxml.jackson.databind.JsonNode;
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

  private static EvaluationSummary read(Path card) {
    JsonNode json = Json.read(card, JsonNode.class);
    Map<String, Double> perAttack = new LinkedHashMap<>();
    json.path("perAttack").properties().forEach(attack -> perAttack.put(attack.getKey(), attack.getValue().asDouble()));
    List<String> flags = new ArrayList<>();
    json.path("flags").forEach(flag -> flags.add(flag.asText()));
    return new EvaluationSummary(
        card.getParent().getFileName().toString(),
        json.path("images").asInt(),
        json.path("cleanAccuracy").asDouble(),
        json.path("robustAccuracy").asDouble(),
        perAttack,
        flags);
  }
}
