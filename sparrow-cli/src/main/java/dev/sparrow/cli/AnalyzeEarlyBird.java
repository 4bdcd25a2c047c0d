package dev.sparrow.cli;

import dev.sparrow.analysis.EarlyBirdDistances;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how the mask of an early-bird training settled. */
@Command(
    name = "early-bird",
    description = {
      "Shows how far apart the masks of all pairs of epochs were in an early-bird training, and whether they settled.",
      "The distances are those that the training stored; nothing is trained again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow analyze early-bird runs/rb", "  sparrow analyze early-bird tickets/rb --out analysis --json"})
final class AnalyzeEarlyBird extends AnalysisCommand {

  @Parameters(paramLabel = "RUN", description = "The folder of a Robust Bird run, or its ticket")
  private Path run;

  @Override
  public Integer call() throws IOException {
    EarlyBirdDistances distances = EarlyBirdDistances.read(run);
    finish(Optional.of(run), distances, distances::draw, () -> text(distances));
    return ExitCode.OK;
  }

  private static String text(EarlyBirdDistances distances) {
    String settled = distances.emergence().map(epoch -> "settled in epoch " + (epoch + 1)).orElse("not settled");
    String rule = Texts.format("the newest of %d masks at most %s from the others", distances.window(), distances.threshold());
    return Texts.format("%s of %d: %s", settled, distances.epochs(), rule);
  }
}
