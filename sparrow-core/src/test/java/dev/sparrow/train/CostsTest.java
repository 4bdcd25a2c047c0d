package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.units.Density;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says it costs, counted by hand for a ResNet-18 of width 4: 44,012 prunable weights, 2,273,600 multiply-accumulates. */
class CostsTest {

  private static final double MACS = 2_273_600;
  private static final int IMAGES = 144;

  @TempDir Path folder;

  /** Widths 2, 4, 7 and 14 instead of 4, 8, 16 and 32: 8,725 weights and 536,908 multiply-accumulates. Standard training takes 3 units. */
  @Test
  void smallDenseIsMeasuredAgainstTheNetworkItStandsInFor() {
    ResultRecord result = run("method=dense", "network.arch=smalldense", "objective=standard", "epochs=1");
    assertThat(result.density()).isEqualTo(new Density(0.2));
    assertThat(result.nonzeroFraction()).isEqualTo(8_725 / 44_012.0);
    assertThat(result.inferenceFlops()).isEqualTo(new ResultRecord.InferenceFlops(2 * MACS, 2 * 536_908.0));
    assertThat(result.trainingFlops().dense()).isEqualTo(2 * 3 * IMAGES * MACS);
    assertThat(result.trainingFlops().paper()).isEqualTo(2 * 3 * IMAGES * 536_908.0);
    assertThat(result.trainingFlops().honest()).isEqualTo(2 * 3 * IMAGES * 536_908.0);
  }

  /** Iterations 1 to 3 are dense, 4 to 6 at 0.5 + 0.5 / 8, 7 to 9 at 0.5. A step with one attack step takes 5 units, or 6 in the paper. */
  @Test
  void gradualPruningPaysForTheDensityOfEveryStep() {
    ResultRecord result =
        run(
            "method=gradual", "sparsity.density=0.5", "sparsity.updateFrequency=3", "prune.gradualEnd=0.67", "prune.scope=layer",
            "sparsity.init=uniform");
    assertThat(MetricsLog.read(folder.resolve("metrics.jsonl")).stream().map(EpochRecord::density))
        .zipSatisfy(List.of(0.5625, 0.5, 0.5), (got, expected) -> assertThat(got).isCloseTo(expected, within(5e-4)));
    assertThat(result.nonzeroFraction()).isCloseTo(0.5, within(5e-4));
    assertThat(result.trainingFlops().dense()).isEqualTo(2 * 6 * 3 * IMAGES * MACS);
    assertThat(result.trainingFlops().paper()).isCloseTo(0.5 * 2 * 6 * 3 * IMAGES * MACS, Percentage.withPercentage(0.1));
    assertThat(result.trainingFlops().honest()).isCloseTo((1 + 0.5625 + 0.5) * 2 * 5 * IMAGES * MACS, Percentage.withPercentage(0.1));
    assertThat(result.best().epoch()).isPositive(); // the network of epoch 0 is denser than asked for
  }

  private ResultRecord run(String... settings) {
    return TrainingRun.execute(SmallRuns.config(settings), folder, false, TrainingListener.SILENT, new StopSignal());
  }
}
