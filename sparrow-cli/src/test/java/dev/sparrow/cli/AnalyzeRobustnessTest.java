package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A small run, looked at with corrupted images and along robustness curves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalyzeRobustnessTest {

  private static final String SMALL = " --limit-test 40 --batch-size 16 --threads 1 --device cpu --precision fp32";

  @TempDir private static Path folder;

  private Path run;

  @BeforeAll
  void train() {
    run = folder.resolve("run");
    Program.Outcome outcome =
        Program.run(
            "train --method dense --width 2 --epochs 1 --limit-train 60 --train-attack-steps 1 --test-attack-steps 2" + SMALL
                + " --save-dir " + run);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private Program.Outcome analyze(String command) {
    return Program.run("analyze " + command.replace("RUN", run.toString()).replace("DIR", folder.toString()) + SMALL);
  }

  @Test
  void corruptionsLeaveNumbersPictureAndGrid() throws IOException {
    Program.Outcome outcome = analyze("corruptions RUN --corruptions fog,jpeg_compression --severities 5,1 --grid DIR/grid.png --json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode result = Json.parse(outcome.out(), JsonNode.class, "corruptions");
    assertThat(result.get("images").asInt()).isEqualTo(40);
    assertThat(result.get("severities").toString()).isEqualTo("[1,5]");
    assertThat(result.at("/kinds/0/name").asText()).isEqualTo("fog");
    assertThat(result.at("/kinds/1/bySeverity")).hasSize(2);
    assertThat(Json.read(run.resolve("analysis/corruptions.json"), JsonNode.class)).isEqualTo(result);
    assertThat(ImageIO.read(run.resolve("analysis/corruptions.png").toFile())).isNotNull();
    assertThat(ImageIO.read(folder.resolve("grid.png").toFile())).isNotNull();
    JsonNode evaluation = Program.json("evaluate " + run + " --attack fgsm --json" + SMALL);
    assertThat(result.get("cleanAccuracy")).isEqualTo(evaluation.get("cleanAccuracy"));
  }

  @Test
  void curvesOverBothHaveFilesOfTheirOwn() throws IOException {
    JsonNode radii = curve("curve RUN --epsilons 0,8/255 --json", "curve-eps");
    assertThat(radii.get("over").asText()).isEqualTo("eps");
    assertThat(radii.at("/points/0/robustAccuracy")).isEqualTo(radii.get("cleanAccuracy"));
    assertThat(radii.at("/points/1/at").asText()).isEqualTo("8/255");
    assertThat(radii.at("/limit/value").asDouble()).isEqualTo(0.5);
    JsonNode steps = curve("curve RUN --over steps --steps 1,3 --json", "curve-steps");
    assertThat(steps.get("points")).hasSize(2);
    assertThat(steps.at("/points/1/value").asInt()).isEqualTo(3);
  }

  /** So small a network may deserve flags; then the exit code says so. */
  private JsonNode curve(String command, String name) throws IOException {
    Program.Outcome outcome = analyze(command);
    JsonNode result = Json.parse(outcome.out(), JsonNode.class, command);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(result.get("flags").isEmpty() ? 0 : 4);
    assertThat(Json.read(run.resolve("analysis/" + name + ".json"), JsonNode.class)).isEqualTo(result);
    assertThat(ImageIO.read(run.resolve("analysis/" + name + ".png").toFile())).isNotNull();
    return result;
  }

  @Test
  void wrongWordsAreUsageErrors() {
    refused("corruptions RUN --severities 6", "--severities: expected whole numbers from 1 to 5, got 6");
    refused("curve RUN --over norm", "--over: expected one of eps, steps, got 'norm'");
    refused("curve RUN --over steps --steps 0", "--steps: expected whole numbers of at least 1, got 0");
    assertThat(analyze("corruptions RUN --corruptions hail").err())
        .startsWith("--corruptions: expected one of gaussian_noise, ")
        .contains("got 'hail'");
  }

  private void refused(String command, String message) {
    Program.Outcome outcome = analyze(command);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errorLines()).containsExactly(message);
  }
}
