package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.DType;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One small run, then everything that looks at runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunCommandsTest {

  private static final String SMALL =
      " --width 4 --limit-test 40 --batch-size 64 --test-attack-steps 2 --threads 1 --device cpu --precision fp32";
  private static final String TRAIN =
      "train --method fbp --epochs 2 --limit-train 200 --train-attack-steps 1 --update-frequency 2 --dynamic-epoch 0" + SMALL;

  @TempDir private static Path folder;

  private Path run;
  private Program.Outcome training;

  @BeforeAll
  void train() {
    run = folder.resolve("run");
    training = Program.run(TRAIN + " --save-dir " + run);
    assertThat(training.exitCode()).as(training.err()).isZero();
  }

  private Program.Outcome on(String command) {
    return Program.run(command.replace("RUN", run.toString()).replace("DIR", folder.toString()));
  }

  private JsonNode json(String command) {
    Program.Outcome outcome = on(command + " --json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return Json.parse(outcome.out(), JsonNode.class, command);
  }

  @Test
  void theRunFolderIsComplete() {
    assertThat(run.toFile().list()).contains("config.json", "metrics.jsonl", "result.json", "curves.png", "report.html", "log.txt", "checkpoints");
    assertThat(run.resolve("checkpoints").toFile().list()).contains("last", "best-robust", "best-clean");
    assertThat(run.resolve("log.txt")).content().contains("TopologyUpdate");
  }

  @Test
  void progressGoesToStderrAndTheResultToStdout() {
    List<String> lines = training.errorLines();
    assertThat(lines.get(0))
        .startsWith("training flying-bird-plus (pgd): resnet18, width 4, density 0.2, ")
        .contains("cifar10-sample with 180/20/40 training/validation/test images; 2 epochs; cpu, dense engine, fp32, 1 threads; run folder " + run);
    assertThat(lines.stream().filter(line -> line.startsWith("epoch "))).hasSize(2);
    assertThat(lines.stream().filter(line -> line.contains("topology update"))).hasSize(3);
    assertThat(training.out())
        .startsWith("test images")
        .contains("curves          " + run.resolve("curves.png"))
        .contains("next            ./sparrow evaluate " + run);
  }

  @Test
  void evaluatingTheLastCheckpointGivesTheRunsNumbers() {
    JsonNode result = Json.read(run.resolve("result.json"), JsonNode.class);
    JsonNode evaluation = json("evaluate RUN --checkpoint last --attack pgd");
    assertThat(evaluation.get("cleanAccuracy")).isEqualTo(result.at("/final/cleanAccuracy"));
    assertThat(evaluation.get("robustAccuracy")).isEqualTo(result.at("/final/robustAccuracy"));
    assertThat(evaluation.at("/perAttack/pgd-2")).isEqualTo(result.at("/final/robustAccuracy"));
    assertThat(evaluation.get("images").asInt()).isEqualTo(40);
    assertThat(evaluation.get("flags")).isEmpty();
    assertThat(evaluation.get("seconds").asDouble()).isPositive();
    assertThat(evaluation.get("maxPerturbation").asDouble()).isCloseTo(8.0 / 255, within(1e-6));
  }

  @Test
  void outcomesAreTheCascadesState() throws IOException {
    JsonNode evaluation = json("evaluate RUN --attack fgsm,pgd-3 --outcomes DIR/outcomes.csv");
    List<String> lines = Files.readAllLines(folder.resolve("outcomes.csv"));
    assertThat(lines).hasSize(41);
    assertThat(lines.get(0)).isEqualTo("image,label,clean,fgsm,pgd-3");
    int[] sums = new int[3];
    for (String line : lines.subList(1, 41)) {
      String[] cells = line.split(",");
      assertThat(cells[2]).isGreaterThanOrEqualTo(cells[3]);
      assertThat(cells[3]).isGreaterThanOrEqualTo(cells[4]);
      for (int i = 0; i < 3; i++) {
        sums[i] += Integer.parseInt(cells[2 + i]);
      }
    }
    assertThat(evaluation.get("cleanAccuracy").asDouble()).isEqualTo(sums[0] / 40.0);
    assertThat(evaluation.at("/perAttack/fgsm").asDouble()).isEqualTo(sums[1] / 40.0);
    assertThat(evaluation.at("/perAttack/pgd-3").asDouble()).isEqualTo(sums[2] / 40.0);
    assertThat(evaluation.get("robustAccuracy").asDouble()).isEqualTo(sums[2] / 40.0);
  }

  @Test
  void adversarialImagesStayCloseAndCanBeEvaluated() throws IOException {
    JsonNode attack = json("attack RUN --images 10 --test-eps 4/255 --out DIR/adversarial");
    assertThat(attack.get("images").asInt()).isEqualTo(10);
    Path file = folder.resolve("adversarial/adversarial.safetensors");
    try (SafetensorsFile tensors = Safetensors.read(file)) {
      FloatBuffer adversarial = tensors.get("images").data().asFloatBuffer();
      FloatBuffer clean = tensors.get("clean").data().asFloatBuffer();
      float largest = 0;
      for (int i = 0; i < clean.limit(); i++) {
        largest = Math.max(largest, Math.abs(adversarial.get(i) - clean.get(i)));
      }
      assertThat((double) largest).isPositive().isLessThanOrEqualTo(4.0 / 255 + 1e-6);
    }
    assertThat(ImageIO.read(folder.resolve("adversarial/grid.png").toFile())).isNotNull();
    JsonNode evaluation = json("evaluate RUN --attack fgsm --test-eps 0 --input " + file + " --logits-out DIR/logits.safetensors");
    assertThat(evaluation.get("images").asInt()).isEqualTo(10);
    assertThat(correctByLogits(folder.resolve("logits.safetensors"), file)).isEqualTo(Math.round(10 * evaluation.get("cleanAccuracy").asDouble()));
  }

  private static long correctByLogits(Path logitsFile, Path images) throws IOException {
    try (SafetensorsFile logits = Safetensors.read(logitsFile);
        SafetensorsFile labelled = Safetensors.read(images)) {
      assertThat(logits.get("logits").shape()).isEqualTo(Shape.of(10, 10));
      FloatBuffer values = logits.get("logits").data().asFloatBuffer();
      long correct = 0;
      for (int i = 0; i < 10; i++) {
        int best = 0;
        for (int k = 1; k < 10; k++) {
          best = values.get(10 * i + k) > values.get(10 * i + best) ? k : best;
        }
        correct += labelled.get("labels").data().asLongBuffer().get(i) == best ? 1 : 0;
      }
      return correct;
    }
  }

  @Test
  void weightsFromElsewhereMustFit() throws IOException {
    Path weights = folder.resolve("weights.safetensors");
    Map<String, TensorData> network = network();
    Safetensors.write(weights, network, Map.of());
    JsonNode elsewhere = json("evaluate --weights " + weights + SMALL + " --attack pgd");
    assertThat(elsewhere.get("cleanAccuracy")).isEqualTo(json("evaluate RUN --checkpoint last --attack pgd").get("cleanAccuracy"));

    network.put("extra.weight", network.remove("conv1.weight"));
    Safetensors.write(weights, network, Map.of());
    Program.Outcome outcome = on("evaluate --weights " + weights + SMALL);
    assertThat(outcome.errorLines()).singleElement().asString().contains("conv1.weight", "extra.weight", weights.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  /** The tensors of the last checkpoint that are the network's own. */
  private Map<String, TensorData> network() throws IOException {
    Map<String, TensorData> network = new LinkedHashMap<>();
    try (var files = Files.walk(run.resolve("checkpoints/last"));
        SafetensorsFile tensors = Safetensors.read(files.filter(file -> file.endsWith("tensors.safetensors")).findFirst().orElseThrow())) {
      for (String name : tensors.names()) {
        if (!name.contains("/")) {
          network.put(name, tensors.get(name));
        }
      }
    }
    return network;
  }

  @Test
  void checkpointsSayWhereTheRunStood() {
    JsonNode manifest = json("inspect checkpoint RUN");
    assertThat(manifest.at("/progress/epoch").asInt()).isEqualTo(2);
    assertThat(manifest.at("/progress/iteration").asInt()).isEqualTo(6);
    assertThat(manifest.get("history")).hasSize(2);
    assertThat(on("inspect checkpoint RUN").out()).contains("2 epochs finished and 0 batches of the next one, 6 iterations in all");
  }

  @Test
  void resumingAFinishedRunRepeatsItsResult() {
    assertThat(json("train --resume --save-dir RUN")).isEqualTo(Json.read(run.resolve("result.json"), JsonNode.class));
    assertThat(json("train --resume --width 4 --save-dir RUN").get("epochs").asInt()).isEqualTo(2);
  }

  @Test
  void resumeRefusesOtherOptions() {
    Program.Outcome outcome = on("train --resume --save-dir RUN --density 0.3 --width 4 --epochs 9");
    assertThat(outcome.errorLines())
        .containsExactly("--resume: expected the run's own options, --density 0.2, --epochs 2, got --density 0.3, --epochs 9");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void aRunIsNotOverwritten() {
    Program.Outcome outcome = on(TRAIN + " --save-dir RUN");
    assertThat(outcome.errorLines())
        .containsExactly("run folder: expected a new or empty folder, got one that holds a run; use --resume to continue it (" + run + ")");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void unlabelledImagesGiveLogitsOnly() throws IOException {
    Path images = folder.resolve("unlabelled.safetensors");
    TensorData data = new TensorData(DType.F32, Shape.of(2, 3, 32, 32), java.nio.ByteBuffer.allocate(2 * 3 * 32 * 32 * Float.BYTES));
    Safetensors.write(images, Map.of("images", data), Map.of());
    assertThat(on("evaluate RUN --input " + images).exitCode()).isEqualTo(2);
    JsonNode result = json("evaluate RUN --input " + images + " --logits-out DIR/two.safetensors");
    assertThat(result.get("images").asInt()).isEqualTo(2);
    assertThat(folder.resolve("two.safetensors")).exists();
  }

  @Test
  void benchStepHasTheContractsKeys() {
    JsonNode timing = json("bench step --width 4 --batch 4 --attack-steps 2 --repetitions 2 --threads 1 --device cpu --precision fp32");
    assertThat(timing.properties().stream().map(Map.Entry::getKey))
        .contains("imagesPerSecond", "attackStepSeconds", "trainStepSeconds", "peakRssBytes", "precision", "threads", "engine");
    assertThat(timing.get("imagesPerSecond").asDouble()).isPositive();
    assertThat(timing.get("precision").asText()).isEqualTo("fp32");
  }
}
