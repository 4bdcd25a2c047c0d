package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.report.EvaluationFolder;
import dev.sparrow.report.RunLock;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small run, evaluated in every way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateTest {

  private static final String SMALL =
      " --width 2 --limit-test 40 --batch-size 16 --test-attack-steps 2 --test-eps 2/255 --threads 1 --device cpu";

  @TempDir private static Path folder;

  private Path run;

  @BeforeAll
  void train() {
    run = folder.resolve("run");
    Program.Outcome training =
        Program.run("train --method dense --objective standard --epochs 4 --limit-train 400 --lr 0.02 --precision fp32" + SMALL + " --save-dir " + run);
    assertThat(training.exitCode()).as(training.err()).isZero();
  }

  private Program.Outcome on(String command) {
    return Program.run(command.replace("RUN", run.toString()).replace("DIR", folder.toString()));
  }

  private JsonNode json(String command, int exitCode) {
    Program.Outcome outcome = on(command + " --json");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    return Json.parse(outcome.out(), JsonNode.class, command);
  }

  @Test
  void aSettingsFileSaysWhatOptionsSay() throws IOException {
    JsonNode typed = json("evaluate RUN --attack fgsm,pgd-3 --seed 7 --limit-test 12 --save-dir DIR/typed", 0);
    Path file =
        Files.writeString(
            folder.resolve("evaluation.yaml"),
            """
            data: {limitTest: 12}
            evaluate:
              run: RUN
              attack: [fgsm, pgd-3]
              seed: 7
              saveDir: DIR/read
            """
                .replace("RUN", run.toString())
                .replace("DIR", folder.toString()));
    JsonNode read = json("evaluate --config " + file, 0);
    JsonNode again = json("evaluate --config DIR/read/settings.json --save-dir DIR/again", 0);
    assertThat(withoutTimes(read)).isEqualTo(withoutTimes(typed));
    assertThat(withoutTimes(again)).isEqualTo(withoutTimes(typed));
    assertThat(typed.get("images").asInt()).isEqualTo(12);
  }

  /** An evaluation's result but for seconds and the place of the card. */
  private static JsonNode withoutTimes(JsonNode result) {
    ObjectNode copy = result.deepCopy();
    copy.remove(List.of("seconds", "card"));
    copy.get("perAttackDetails").forEach(attack -> ((ObjectNode) attack).remove("seconds"));
    return copy;
  }

  @Test
  void theCardHasRobustBenchsKeysAndLiesBesideTheOutcomes() {
    JsonNode result = json("evaluate RUN --attack fgsm,pgd-3", 0);
    Path evaluation = run.resolve("evaluations/best-robust-fgsm+pgd-3-linf-2_255");
    assertThat(evaluation.toFile().list()).containsExactlyInAnyOrder("card.json", "outcomes.csv", "run.lock", "settings.json");
    assertThat(result.get("card").asText()).isEqualTo(evaluation.resolve("card.json").toString());
    JsonNode card = Json.read(evaluation.resolve("card.json"), JsonNode.class);
    assertThat(card.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "link",
            "name",
            "authors",
            "additional_data",
            "number_forward_passes",
            "dataset",
            "venue",
            "architecture",
            "eps",
            "clean_acc",
            "reported",
            "footnote",
            "unreliable",
            "sparrow");
    assertThat(card.get("name").asText()).isEqualTo("run");
    assertThat(card.get("dataset").asText()).isEqualTo("cifar10-sample");
    assertThat(card.get("architecture").asText()).isEqualTo("resnet18");
    assertThat(card.get("eps").asText()).isEqualTo("2/255");
    assertThat(Double.parseDouble(card.get("clean_acc").asText())).isCloseTo(100 * result.get("cleanAccuracy").asDouble(), within(0.0051));
    assertThat(Double.parseDouble(card.get("reported").asText())).isCloseTo(100 * result.get("robustAccuracy").asDouble(), within(0.0051));
    assertThat(card.get("unreliable").asBoolean()).isFalse();
    assertThat(card.at("/sparrow/attacks/1/robustAccuracy")).isEqualTo(result.at("/perAttack/pgd-3"));
    assertThat(card.at("/sparrow/checkpoint").asText()).isEqualTo("best-robust");
    assertThat(result.at("/perAttackDetails/fgsm/attacked").asDouble()).isEqualTo(40 * result.get("cleanAccuracy").asDouble());
    assertThat(result.get("precision").asText()).isEqualTo("fp32");
    assertThat(result.get("engine").asText()).isEqualTo("dense");
    assertThat(result.get("seed").asInt()).isEqualTo(1);
    assertThat(on("report RUN").exitCode()).as("an evaluation is no run").isZero();
  }

  @Test
  void weightsHaveACardWhereItIsAskedFor() throws IOException {
    assertThat(on("export RUN --format safetensors --out DIR/weights.safetensors").exitCode()).isZero();
    String evaluate = "evaluate --weights DIR/weights.safetensors --attack apgd-ce" + SMALL.replace(" --width 2", "");
    JsonNode nowhere = json(evaluate + " --limit-test 4 --outcomes DIR/four.safetensors", 0);
    assertThat(nowhere.has("card")).isFalse();
    JsonNode result = json(evaluate + " --limit-test 4 --save-dir DIR/evaluation --card DIR/card.json", 0);
    assertThat(result.get("perAttack")).isEqualTo(nowhere.get("perAttack"));
    assertThat(folder.resolve("card.json")).hasSameTextualContentAs(folder.resolve("evaluation/card.json"));
    assertThat(Json.read(folder.resolve("card.json"), JsonNode.class).has("additional_data")).as("nobody knows").isFalse();
    try (SafetensorsFile outcomes = Safetensors.read(folder.resolve("four.safetensors"))) {
      assertThat(outcomes.names()).containsExactly("image", "label", "stage", "clean", "apgd-ce");
      for (int i = 0; i < 4; i++) {
        long stage = outcomes.get("stage").data().asLongBuffer().get(i);
        assertThat(outcomes.get("clean").data().get(i)).isEqualTo((byte) (stage > 0 ? 1 : 0));
        assertThat(outcomes.get("apgd-ce").data().get(i)).isEqualTo((byte) (stage > 1 ? 1 : 0));
      }
    }
  }

  @Test
  void aFlaggedEvaluationPrintsEverythingAndExitsFour() {
    Program.Outcome outcome = on("evaluate RUN --attack pgd --precision bf16 --name coarse");
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.out()).contains("after pgd-2");
    assertThat(outcome.errorLines()).last().isEqualTo("flag reduced-precision: products in bf16 (docs/evaluation-flags.md#reduced-precision)");
    JsonNode card = Json.read(run.resolve("evaluations/coarse/card.json"), JsonNode.class);
    assertThat(card.get("unreliable").asBoolean()).isTrue();
    assertThat(card.at("/sparrow/flags/0/code").asText()).isEqualTo("reduced-precision");
    assertThat(json("evaluate RUN --attack pgd --precision bf16 --name coarse", 4).at("/flags/0").asText()).isEqualTo("reduced-precision");
  }

  @Test
  void quickAutoAttackIsItsFirstTwoAttacks() {
    JsonNode result = json("evaluate RUN --attack autoattack --quick --limit-test 6", 0);
    assertThat(result.get("perAttack").properties().stream().map(Map.Entry::getKey)).containsExactly("apgd-ce", "apgd-t");
    Path card = run.resolve("evaluations/best-robust-autoattack-quick-linf-2_255/card.json");
    assertThat(Json.read(card, JsonNode.class).has("autoattack_acc")).as("no leaderboard's").isFalse();
  }

  /** FGSM has no randomness, so crafted on the network itself it breaks the same images. */
  @Test
  void transferFromItselfIsTheAttackItself() throws IOException {
    on("evaluate RUN --attack fgsm --outcomes DIR/own.csv");
    JsonNode transferred = json("evaluate RUN --attack fgsm --transfer-from RUN --outcomes DIR/transferred.csv", 0);
    assertThat(transferred.get("perAttack").properties().stream().map(Map.Entry::getKey)).containsExactly("transfer-fgsm");
    String own = Files.readString(folder.resolve("own.csv"));
    assertThat(Files.readString(folder.resolve("transferred.csv"))).isEqualTo(own.replace("fgsm", "transfer-fgsm"));
    assertThat(own.lines().filter(line -> line.endsWith(",1,0"))).as("it breaks something").isNotEmpty();
    assertThat(run.resolve("evaluations/best-robust-transfer-fgsm-linf-2_255/card.json")).exists();
  }

  @Test
  void transferNeedsANetworkForTheSameImages() {
    ModelInfo large = new ModelInfo(new NetworkConfig(Arch.RESNET18, 1, 10, 1), Density.DENSE, 200, 64, Normalization.TINYIMAGENET);
    try (LoadedModel target = LoadedModel.fresh(large, new Seed(1), EngineChoice.EXACT)) {
      assertThatThrownBy(() -> TransferSource.open(Optional.of(run), target.model(), EngineChoice.EXACT))
          .isInstanceOf(BadInput.class)
          .hasMessage(
              "--transfer-from: expected a network for 64x64 images of 200 classes, as the one under attack, got one for 32x32 images of 10 classes ("
                  + run
                  + ")");
    }
    assertThat(on("evaluate RUN --transfer-from DIR/nowhere").errorLines())
        .containsExactly("run folder: expected a folder that holds a run, got nothing (" + folder.resolve("nowhere") + ")");
  }

  @Test
  void anEvaluationFolderIsForOneProcess() {
    EvaluationFolder busy = new EvaluationFolder(run.resolve("evaluations/busy"));
    try (RunLock lock = busy.lock()) {
      Program.Outcome outcome = on("evaluate RUN --attack fgsm --name busy");
      assertThat(outcome.errorLines()).singleElement().asString().startsWith("evaluation folder: expected one that nobody is writing to, got one in use");
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --attack fgsm --quick | --attack: expected autoattack with --quick, got fgsm
          --attack fgsm --autoattack-version plus | --attack: expected autoattack with --autoattack-version, got fgsm
          --attack autoattack --autoattack-version best | --autoattack-version: expected one of standard, plus, rand, quick, got 'best'
          --attack autoattack --autoattack-version plus --quick | --quick: expected no --autoattack-version, got plus
          --attack fgsm,fgsm | --attack: expected attacks with different names, got 'fgsm' twice
          --attack cw-l2 | --norm: expected l2 with --attack cw-l2, got linf
          --attack fgsm --name a/b | --name: expected letters, digits, '+', '-', '.' and '_', got 'a/b'
          --attack fgsm --name .. | --name: expected letters, digits, '+', '-', '.' and '_', got '..'
          --attack fgsm --name a --save-dir b | --name: expected a run folder without --save-dir, got --save-dir
          """)
  void contradictionsAreUsageErrors(String options, String message) {
    Program.Outcome outcome = on("evaluate RUN " + options);
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void aRunsOwnFolderIsNoPlaceForAnEvaluation() {
    Program.Outcome outcome = on("evaluate RUN --attack fgsm --save-dir RUN");
    assertThat(outcome.errorLines())
        .containsExactly("evaluation folder: expected a folder of its own, got one that holds a run or a sweep (" + run + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fgsm", "pgd", "pgd-7", "pgd-7x2", "pgd-7-t3", "pgd-7-t3x2", "cw", "apgd-ce", "apgd-dlr", "apgd-t", "fab", "fab-t", "square"})
  void namesAreThoseOfTheAttacks(String name) {
    String expected = name.equals("pgd") ? "pgd-20" : name;
    assertThat(AttackNames.attack(name, AttackConfig.TEST).name()).isEqualTo(expected);
    assertThat(AttackNames.attack(name, AttackConfig.TEST).toString()).as("the same in every process").doesNotContain("@");
  }

  @Test
  void theAttackCommandTakesTheNewNames() {
    Program.Outcome outcome = on("attack RUN --attack apgd-ce --images 3 --out DIR/apgd --json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(Json.parse(outcome.out(), JsonNode.class, "").get("attack").asText()).isEqualTo("apgd-ce");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGTERM there")
  void sigtermSavesAndTheSameCommandGoesOn() throws IOException, InterruptedException {
    String evaluate = "evaluate " + run + " --attack fgsm,apgd-t --limit-test 8 --save-dir ";
    Path stopped = folder.resolve("stopped");
    List<String> lines = new ArrayList<>();
    Process process = process(evaluate + stopped);
    try (BufferedReader err = process.errorReader()) {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        lines.add(line);
        if (line.startsWith("fgsm: ")) {
          process.toHandle().destroy(); // Process.destroy() would close the streams too
        }
      }
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", lines)).isEqualTo(130);
    assertThat(lines).last().isEqualTo("stopped, state saved in " + stopped + "; continue with the same command");
    assertThat(stopped.resolve("state")).isDirectory();
    assertThat(stopped.resolve("card.json")).doesNotExist();

    Program.Outcome resumed = Program.run(evaluate + stopped);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.errorLines().get(0)).startsWith("going on with apgd-t; ");
    assertThat(stopped.resolve("state")).doesNotExist();
    assertThat(Program.run(evaluate + folder.resolve("whole")).exitCode()).isZero();
    assertThat(stopped.resolve("outcomes.csv")).hasSameTextualContentAs(folder.resolve("whole/outcomes.csv"));
  }

  private static Process process(String words) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Program.words(words));
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }
}
