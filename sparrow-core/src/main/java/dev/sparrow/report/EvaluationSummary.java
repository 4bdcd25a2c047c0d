package dev.sparrow.report;

import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      return entries.sorted().map(EvaluationFolder::new).filter(entry -> Files.exists(entry.card())).map(EvaluationSummary::read).toList();
    }
  }

  private static EvaluationSummary read(EvaluationFolder folder) {
    ResultCard.Details details = Json.read(folder.card(), ResultCard.class).sparrow();
    Map<String, Double> perAttack = new LinkedHashMap<>();
    details.attacks().forEach(attack -> perAttack.put(attack.name(), attack.robustAccuracy()));
    List<String> flags = details.flags().stream().map(ResultCard.FlagLine::code).toList();
    String name = folder.root().getFileName().toString();
    return new EvaluationSummary(name, details.images(), details.cleanAccuracy(), details.robustAccuracy(), perAttack, flags);
  }
}
