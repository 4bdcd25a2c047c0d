package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.report.EvaluationFolder;
import dev.sparrow.report.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where an evaluation keeps its state and its results. */
final class EvaluationPlace {

  @Alternative("folder")
  @Option(
      names = "--save-dir",
      paramLabel = "DIR",
      description =
          "Where the evaluation keeps its state, so that the same command continues it, and its card (a folder; default: for a run folder "
              + "evaluations/NAME in it, else none)")
  private Optional<Path> folder = Optional.empty();

  @Alternative("folder")
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the evaluation of a run folder (a file name; default: checkpoint, attacks, norm and radius)")
  private Optional<String> name = Optional.empty();

  @Option(names = "--card", paramLabel = "FILE", description = "Store the result card there too (a JSON file; default: none)")
  private Optional<Path> card = Optional.empty();

  @Option(
      names = "--outcomes",
      paramLabel = "FILE",
      description =
          "Store there too which image stands after which attack (.safetensors, or else a file of comma-separated values; default: none)")
  private Optional<Path> outcomes = Optional.empty();

  /**
   * The evaluation's folder.
   *
   * @param run the run that is evaluated; empty for others
   * @param checkpoint which of its networks
   * @param attacks in a few characters
   * @param ball norm and radius
   * @return empty if nothing is to be kept
   * @throws BadInput if options contradict one another
   */
  Optional<EvaluationFolder> folder(Optional<RunFolder> run, String checkpoint, String attacks, AttackConfig ball) {
    if (name.isPresent() && (folder.isPresent() || run.isEmpty())) {
      throw BadInput.usage("--name", "a run folder without --save-dir", folder.isPresent() ? "--save-dir" : "none");
    }
    name.filter(given -> !given.matches("[\\w+.-]*\\w[\\w+.-]*"))
        .ifPresent(
            given -> {
              throw BadInput.usage("--name", "letters, digits, '+', '-', '.' and '_'", "'" + given + "'");
            });
    String byDefault = checkpoint + "-" + attacks + "-" + ball.norm().label() + "-" + ball.eps().toString().replace('/', '_');
    return folder.map(EvaluationFolder::new).or(() -> run.map(of -> EvaluationFolder.of(of, name.orElse(byDefault))));
  }

  /** A further place for the card. */
  Optional<Path> card() {
    return card;
  }

  /** A further place for the outcomes. */
  Optional<Path> outcomes() {
    return outcomes;
  }
}
