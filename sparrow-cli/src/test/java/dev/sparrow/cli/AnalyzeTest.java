package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Analyses of two small tickets: their files, and what their options refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalyzeTest {

  private static final String PRUNE = "prune --width 2 --limit-train 20 --threads 1 --device cpu --density ";
  private static final String SMALL = " --images 4 --batch-size 4 --limit-test 8 --threads 1 --device cpu";

  @TempDir private static Path folder;

  @BeforeAll
  void prune() {
    for (String options : List.of("0.5 --out A", "0.25 --out B")) {
      assertThat(Program.run(placed(PRUNE + options)).exitCode()).isZero();
    }
  }

  private static String placed(String command) {
    return command.replaceAll("\\b([A-E])\\b", folder + "/$1");
  }

  /** Runs an analysis, and checks that what it prints is what it stores. */
  private static JsonNode analyze(String command) {
    String name = command.split(" ")[0];
    JsonNode printed = Program.json(placed("analyze " + command + " --out C --json"));
    assertThat(Json.read(folder.resolve("C").resolve(name + ".json"), JsonNode.class)).isEqualTo(printed);
    assertThat(folder.resolve("C").resolve(name + ".png")).isNotEmptyFile();
    return printed;
  }

  @Test
  void layersAreThoseOfTheTicket() {
    JsonNode result = analyze("layers A");
    JsonNode ticket = Json.read(folder.resolve("A/ticket.json"), JsonNode.class);
    assertThat(result.get("density")).isEqualTo(ticket.get("reachedDensity"));
    result.get("layers").forEach(layer -> assertThat(layer.get("density")).isEqualTo(ticket.at("/layers").get(layer.get("name").asText())));
    assertThat(result.get("layers")).hasSize(ticket.get("layers").size());
  }

  @Test
  void masksOfTwoDensitiesAreCompared() {
    JsonNode pair = analyze("masks A B").at("/pairs/0/all");
    assertThat(pair.get("firstActive").asLong()).isGreaterThan(pair.get("secondActive").asLong());
    assertThat(pair.get("jaccard").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void theHessianIsByTheActiveParameters() {
    JsonNode result = analyze("hessian A --iterations 3" + SMALL);
    JsonNode layers = analyze("layers A");
    JsonNode arch = Program.json("inspect arch --arch resnet18 --width 2 --json");
    long inactive = layers.get("prunable").asLong() - layers.get("nonzeros").asLong();
    assertThat(result.get("parameters").asLong()).isEqualTo(arch.get("parameters").asLong() - inactive);
    assertThat(result.get("eigenvalues").get(0).get("iterations").asInt()).isBetween(2, 3);
    assertThat(result.get("count").asInt()).isEqualTo(4);
  }

  @Test
  void theMiddlesOfALandscapeAreTheSameNetwork() {
    JsonNode result = analyze("landscape A --attack fgsm --line-points 3 --plane-points 3" + SMALL);
    assertThat(result.at("/clean/losses/1/1")).isEqualTo(result.at("/line/clean/1")).isEqualTo(result.at("/input/losses/1/1"));
    assertThat(result.at("/adversarial/losses/1/1")).isEqualTo(result.at("/line/adversarial/1")).isEqualTo(result.at("/input/losses/1/2"));
  }

  @Test
  void textNamesTheFiles() {
    Program.Outcome outcome = Program.run(placed("analyze layers A --out D"));
    assertThat(outcome.out())
        .startsWith("layer")
        .contains("numbers  " + folder.resolve("D/layers.json"))
        .contains("picture  " + folder.resolve("D/layers.png"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          masks A A | 2 | NETWORK: expected different networks, got A twice
          masks A E | 1 | network: expected a run folder, a ticket or a checkpoint, got none of these (E)
          early-bird A | 1 | ticket: expected one that an early-bird training found, got one from elsewhere (A)
          hessian A --images 0 | 2 | --images: expected a whole number of at least 1, got 0
          hessian A --eigenvalues 0 | 2 | --eigenvalues: expected a whole number of at least 1, got 0
          hessian A --iterations 0 | 2 | --iterations: expected a whole number of at least 1, got 0
          hessian A --tolerance 0 | 2 | --tolerance: expected a positive number, got 0.0
          landscape A --radius 0 | 2 | --radius: expected a positive number, got 0.0
          landscape A --line-points 4 | 2 | --line-points: expected an odd number of at least 3, got 4
          landscape A --plane-points 1 | 2 | --plane-points: expected an odd number of at least 3, got 1
          """)
  void refuses(String command, int exitCode, String message) {
    Program.Outcome outcome = Program.run(placed("analyze " + command));
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.errorLines().get(0)).contains(placed(message));
    assertThat(outcome.out()).isEmpty();
  }
}
