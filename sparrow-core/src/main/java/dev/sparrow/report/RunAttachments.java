package dev.sparrow.report;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * What a run folder holds beside the records of a run, as far as a report shows it.
 *
 * @param layers active weights of every layer of the last network; empty for a dense run
 * @param evaluations what {@code sparrow evaluate} found out, the strongest evaluation last
 * @param examples adversarial images
 */
record RunAttachments(List<LayerDensity> layers, List<EvaluationSummary> evaluations, Optional<AdversarialExamples> examples) {

  /** Nothing beside the records. */
  static final RunAttachments NONE = new RunAttachments(List.of(), List.of(), Optional.empty());

  /** Reads whatever is there. */
  static RunAttachments read(RunFolder folder) {
    try {
      Optional<AdversarialExamples> examples =
          Files.exists(folder.adversarial()) ? Optional.of(AdversarialExamples.read(folder.adversarial())) : Optional.empty();
      return new RunAttachments(
          LayerDensity.ofCheckpoint(folder.lastCheckpoint()), EvaluationSummary.readAll(folder.evaluations()), examples);
    } catch (IOException e) {
      throw BadInput.data("run folder", "readable files", e.toString(), folder.root(), e);
    }
  }
}
