package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.TrainingFlops;
import dev.sparrow.config.Arch;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.Method;
import dev.sparrow.data.DatasetName;
import dev.sparrow.io.Json;
import dev.sparrow.report.ResultRecord.Accuracies;
import dev.sparrow.report.ResultRecord.Best;
import dev.sparrow.report.ResultRecord.InferenceFlops;
import dev.sparrow.report.ResultRecord.StageOne;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultRecordTest {

  private static final String JSON =
      """
      {
        "method": "flying-bird",
        "arch": "resnet18",
        "dataset": "cifar10",
        "density": 0.2,
        "seed": 1,
        "epochs": 200,
        "best": {
          "epoch": 101,
          "cleanAccuracy": 0.75,
          "robustAccuracy": 0.5
        },
        "final": {
          "cleanAccuracy": 0.875,
          "robustAccuracy": 0.4375
        },
        "robustGap": 0.0625,
        "cleanGap": -0.125,
        "robustGeneralizationGap": 0.3125,
        "trainRobustAccuracy": 0.75,
        "trainingFlops": {
          "dense": 3.0E15,
          "paper": 1.0E15,
          "honest": 2.0E15
        },
        "stage1": {
          "epochs": 50,
          "emerged": true,
          "honestFlops": 5.0E14
        },
        "inferenceFlops": {
          "dense": 5.5E8,
          "sparse": 1.5E8
        },
        "nonzeroFraction": 0.2,
        "secondsPerEpoch": 60.0,
        "engine": "sparse",
        "versions": {
          "java": "17",
          "sparrow": "0.1.0"
        }
      }
      """;

  static ResultRecord example(Optional<Double> trainRobustAccuracy) {
    return new ResultRecord(
        Method.FLYING_BIRD,
        Arch.RESNET18,
        DatasetName.CIFAR10,
        new Density(0.2),
        new Seed(1),
        200,
        new Best(101, 0.75, 0.5),
        new Accuracies(0.875, 0.4375),
        trainRobustAccuracy,
        new TrainingFlops(3e15, 1e15, 2e15),
        Optional.of(new StageOne(50, true, 5e14)),
        new InferenceFlops(5.5e8, 1.5e8),
        0.2,
        60,
        Optional.of(EngineKind.SPARSE),
        Map.of("sparrow", "0.1.0", "java", "17"));
  }

  @Test
  void writesTheContractsKeysAndReadsThemBack() {
    ResultRecord result = example(Optional.of(0.75));
    assertThat(Json.pretty(result)).isEqualTo(JSON);
    assertThat(Json.parse(JSON, ResultRecord.class, "result.json")).isEqualTo(result);
  }

  /** Results of before there was a choice of engines. */
  @Test
  void aResultWithoutAnEngineIsRead() {
    String old = JSON.replace("  \"engine\": \"sparse\",\n", "");
    assertThat(Json.parse(old, ResultRecord.class, "result.json").engine()).isEmpty();
  }

  @Test
  void aGapThatWasNotMeasuredIsAbsent() {
    ResultRecord result = example(Optional.empty());
    assertThat(result.robustGeneralizationGap()).isEmpty();
    assertThat(Json.pretty(result)).doesNotContain("robustGeneralizationGap", "trainRobustAccuracy");
    assertThat(Json.parse(Json.line(result), ResultRecord.class, "result.json")).isEqualTo(result);
  }
}
