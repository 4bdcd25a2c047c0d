package dev.sparrow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.attack.Attacks;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.Method;
import dev.sparrow.data.DatasetName;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.eval.Evaluation;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.io.Json;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.units.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program does what the README says, and is the README's. */
class TenLinesTest {

  @TempDir private Path folder;

  @Test
  void trainsAttacksAndPrints() throws Exception {
    Output output = Output.of(TenLines::main, folder.resolve("run"));
    double clean = output.number("([0-9.]+) clean, [0-9.]+ robust");
    double robust = output.number("[0-9.]+ clean, ([0-9.]+) robust");
    RunFolder run = new RunFolder(folder.resolve("run"));
    ResultRecord result = Json.read(run.result(), ResultRecord.class);
    assertThat(result.method()).isEqualTo(Method.FLYING_BIRD);
    try (LoadedModel model = LoadedModel.fromCheckpoint(run.bestRobustCheckpoint(), EngineChoice.EXACT)) {
      Evaluator evaluator = new Evaluator(model.model(), DeviceSpec.CPU, 100, new Seed(1));
      ImageSet images = Datasets.open(DatasetName.CIFAR10_SAMPLE, Optional.empty(), 0, 100).test();
      Evaluation said = evaluator.evaluate(images, List.of(Attacks.pgd(AttackConfig.TEST)), EvaluationProgress.SILENT);
      assertThat(clean).isEqualTo(said.cleanAccuracy());
      assertThat(robust).isEqualTo(said.robustAccuracy()).isLessThanOrEqualTo(clean);
    }
  }

  @Test
  void standsInTheReadme() {
    List<String> program = Documents.between(Documents.source("TenLines"), "// README: begin", "// README: end");
    assertThat(program.stream().filter(line -> !line.isBlank() && !line.equals("}"))).hasSizeLessThanOrEqualTo(10);
    assertThat(Documents.javaBlocks("README.md")).contains(program);
  }

  @Test
  void theReadmesDependencyIsTheConsumers() {
    List<String> dependency = Documents.between("examples/consumer/pom.xml", "<!-- README: begin -->", "<!-- README: end -->");
    assertThat(Documents.blocks("README.md", "xml")).contains(dependency);
  }
}
