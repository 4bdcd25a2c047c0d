package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.sparse.TopologyUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

  @TempDir Path folder;

  @Test
  void leavesEverythingInItsFolder() throws IOException {
    List<EpochRecord> epochs = new ArrayList<>();
    List<TopologyUpdate> updates = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochRecord epoch) {
            epochs.add(epoch);
          }

          @Override
          public void topologyUpdated(TopologyUpdate update) {
            updates.add(update);
          }
        };
    RunConfig config = SmallRuns.config("method=flying-bird", "sparsity.density=0.3");
    Path run = folder.resolve("run");
    ResultRecord result = TrainingRun.execute(config, run, false, listener, new StopSignal());

    assertThat(run.toFile().list())
        .contains("config.json", "metrics.jsonl", "result.json", "curves.png", "report.html", "adversarial.safetensors", "checkpoints")
        .anyMatch(name -> name.startsWith("events.out.tfevents."));
    assertThat(epochs).extracting(EpochRecord::epoch).containsExactly(0, 1, 2);
    assertThat(updates).extracting(TopologyUpdate::iteration).containsExactly(2L, 4L, 6L, 8L); // 9 iterations, every second one
    assertThat(result.nonzeroFraction()).isCloseTo(0.3, within(0.001));
    assertThat(result.inferenceFlops().sparse()).isLessThan(result.inferenceFlops().dense());
    // PGD-1: the paper counts 6 forward passes an image, two operations each, over 3 epochs of 144 images
    assertThat(result.trainingFlops().dense()).isEqualTo(6.0 * result.inferenceFlops().dense() * 3 * 144);
    assertThat(result.trainingFlops().honest()).isLessThan(result.trainingFlops().paper());
  }

  @Test
  void standardTrainingLearns() {
    RunConfig config =
        SmallRuns.config("objective=standard", "epochs=8", "testEvery=8", "optimizer.lrMilestones=6");
    List<EpochRecord> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochRecord epoch) {
            epochs.add(epoch);
          }
        };
    TrainingRun.execute(config, folder.resolve("run"), false, listener, new StopSignal());
    assertThat(epochs.get(7).trainLoss()).isLessThan(0.85 * epochs.get(0).trainLoss());
    assertThat(epochs.get(7).lr()).isCloseTo(0.005, within(1e-12));
    assertThat(epochs.get(3).test().isPresent()).isEqualTo(isBest(epochs, 3)); // test set only when due, at the end, or at a new best
    assertThat(epochs.get(7).test()).isPresent();
  }

  private static boolean isBest(List<EpochRecord> epochs, int index) {
    double robust = epochs.get(index).validation().robust();
    return epochs.subList(0, index).stream().allMatch(before -> robust > before.validation().robust());
  }

  @Test
  void divergenceKeepsTheLastGoodCheckpoint() throws IOException {
    Path run = folder.resolve("run");
    RunConfig config = SmallRuns.config("optimizer.lr=1e30", "runtime.checkpointEvery=1", "optimizer.lrSchedule=cyclic");
    // cyclic starts at 0: the first step changes nothing and is saved, a later one destroys the weights
    assertThatThrownBy(() -> SmallRuns.run(config, run, false))
        .isInstanceOf(TrainingDiverged.class)
        .hasMessageContaining("the last checkpoint is kept");
    try (Checkpoint checkpoint = Checkpoint.open(run.resolve("checkpoints/last"))) {
      assertThat(checkpoint.manifest().progress().iteration()).isGreaterThanOrEqualTo(1);
    }
    assertThat(run.resolve("result.json")).doesNotExist();
  }

  @Test
  void occupiedFolderIsRefused() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    SmallRuns.run(SmallRuns.config("epochs=1"), run, false);
    assertThatThrownBy(() -> SmallRuns.run(SmallRuns.config("epochs=1"), run, false))
        .isInstanceOf(BadInput.class)
        .hasMessage("run folder: expected a new or empty folder, got one that holds a run; use --resume to continue it (" + run + ")");
  }

  @Test
  void networkThatOverflowsInAnEvaluationHasDiverged() {
    // one finite step to weights so large that logits are not finite, in the first evaluation
    RunConfig config = SmallRuns.config("objective=standard", "batchSize=144", "optimizer.lr=1e20");
    assertThatThrownBy(() -> SmallRuns.run(config, folder.resolve("run"), false))
        .isInstanceOf(TrainingDiverged.class)
        .hasMessageContaining("(epoch 0, iteration 1); the last checkpoint is kept");
  }

  @Test
  void whatCannotBeBuiltLeavesTheFolderFree() {
    Path run = folder.resolve("run");
    RunConfig impossible = SmallRuns.config("network.arch=wideresnet", "network.depthFactor=11");
    assertThatThrownBy(() -> SmallRuns.run(impossible, run, false)).isInstanceOf(BadInput.class).hasMessageStartingWith("--depth-factor");
    SmallRuns.run(SmallRuns.config("epochs=1"), run, false); // not "holds a run; use --resume"
    assertThat(run.resolve("result.json")).exists();
  }

  @Test
  void folderOfARunningRunIsRefused() {
    Path run = folder.resolve("run");
    RunConfig config = SmallRuns.config("epochs=1");
    TrainingListener second =
        new TrainingListener() {
          @Override
          public void batchFinished(BatchReport report) {
            SmallRuns.run(config, run, true);
          }
        };
    assertThatThrownBy(() -> TrainingRun.execute(config, run, false, second, new StopSignal()))
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("run folder: expected one that nobody is writing to, got one in use by process .* \\(.*run\\)");
  }
}
