package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.LandscapeSurvey;
import dev.sparrow.analysis.LossLandscape;
import dev.sparrow.attack.Attack;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.TextTable;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the loss around a network's weights and around its images. */
@Command(
    name = "landscape",
    modelTransformer = LossOptions.Configuration.class,
    description = {
      "Measures the clean and the adversarial loss around a network's weights, in random directions that suit the scale of each filter, "
          + "and the loss around its images, towards their adversarial ones and in a random direction.",
      "For a run folder, options that are not given are those of the run. The cost is an attack on the images per point."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze landscape runs/first",
      "  sparrow analyze landscape runs/first --attack pgd-5 --images 32 --radius 0.5 --line-points 41 --plane-points 15 --json"
    })
final class AnalyzeLandscape extends AnalysisCommand implements Configured {

  @Mixin private LossOptions subject;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      defaultValue = "pgd-10",
      description = "What makes images adversarial, anew at every point (" + AttackNames.KNOWN + "; default: ${DEFAULT-VALUE})")
  private String attack;

  @Option(
      names = "--radius",
      paramLabel = "X",
      defaultValue = "1",
      description = "Farthest point from the weights (lengths of each filter, positive; default: ${DEFAULT-VALUE})")
  private double radius;

  @Option(
      names = "--line-points",
      paramLabel = "N",
      defaultValue = "21",
      description = "Points along the line (odd, at least 3; default: ${DEFAULT-VALUE})")
  private int linePoints;

  @Option(
      names = "--plane-points",
      paramLabel = "N",
      defaultValue = "9",
      description = "Points along each axis of the planes (odd, at least 3; default: ${DEFAULT-VALUE})")
  private int planePoints;

  @Override
  public RunConfig config() {
    return subject.config(parsed());
  }

  @Override
  public Integer call() throws IOException {
    requireOdd("--line-points", linePoints);
    requireOdd("--plane-points", planePoints);
    if (!(radius > 0 && Double.isFinite(radius))) {
      throw BadInput.usage("--radius", "a positive number", radius);
    }
    RunConfig config = config();
    Attack resolved = AttackNames.attack(attack, config.testAttack());
    try (ProgressDisplay display = ProgressDisplay.on(err());
        LossOptions.Subject read = subject.read(config)) {
      LandscapeSurvey survey =
          new LandscapeSurvey(
              read.model(),
              read.masks(),
              resolved,
              config.seed(),
              new LandscapeSurvey.Grid(radius, linePoints, planePoints),
              (done, total) -> display.progress("points", done, total, ""));
      LossLandscape landscape = survey.around(subject.source().toString(), read.imageNames(), read.images());
      display.close();
      finish(Optional.of(subject.source()), landscape, landscape::draw, () -> text(landscape));
    }
    return ExitCode.OK;
  }

  private static void requireOdd(String option, int points) {
    if (points < 3 || points % 2 == 0) {
      throw BadInput.usage(option, "an odd number of at least 3", points);
    }
  }

  private static String text(LossLandscape landscape) {
    TextTable table = new TextTable().right("step").right("clean loss").right("after " + landscape.attack());
    LossLandscape.Line line = landscape.line();
    for (int i = 0; i < line.places().size(); i++) {
      table.row(
          Texts.format("%.3f", line.places().get(i)),
          Texts.format("%.4f", line.clean().get(i)),
          Texts.format("%.4f", line.adversarial().get(i)));
    }
    return Texts.format("%s%nalong one random direction of the weights, on %d %s", table, landscape.count(), landscape.images());
  }
}
