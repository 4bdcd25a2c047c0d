package dev.sparrow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.config.Method;
import dev.sparrow.io.Json;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.schedule.UpdateSchedule;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MySparsityMethodTest {

  @TempDir private Path folder;

  @Test
  void movesMasksAtConstantDensity() throws Exception {
    Object[] args = Small.args(folder, "epochs=2", "sparsity.updateFrequency=1", "sparsity.density=0.25", "sparsity.dropFraction=0.5");
    Output output = Output.of(MySparsityMethod::main, args);
    assertThat(output.number(".* % robust with (.*) % of the weights")).isEqualTo(25);
    RunFolder run = new RunFolder(folder);
    assertThat(Json.read(run.result(), ResultRecord.class).method()).isEqualTo(Method.CUSTOM);
    List<EpochRecord> epochs = MetricsLog.read(run.metrics());
    assertThat(epochs).allSatisfy(epoch -> assertThat(epoch.density()).isCloseTo(0.25, within(0.001)));
    assertThat(epochs.get(0).explored()).as("three updates of half of the active weights").isBetween(0.4, 0.626);
  }

  @Test
  void dropsWhatMovesTowardsZeroAndGrowsAsMuch() {
    boolean[] active = {true, true, true, true, true, true, false, false};
    float[] weights = {1, -1, 2, -0.5f, 0.1f, 0.1f, 0, 0};
    float[] gradients = {1, 1, -1, -1, 1, 0.5f, 9, 9}; // movements towards zero: 1, -1, -2, 0.5, 0.1, 0.05
    int moved = new MovementPlan(UpdateSchedule.never(), 0.34).move(active, weights, gradients, new Random(1));
    assertThat(moved).isEqualTo(2);
    assertThat(active).containsExactly(false, true, true, false, true, true, true, true);
  }

  @Test
  void dropsNoMoreThanThereIsRoomFor() {
    boolean[] active = {true, true, true, false};
    int moved = new MovementPlan(UpdateSchedule.never(), 1).move(active, new float[] {1, 2, 3, 0}, new float[] {1, 1, 1, 1}, new Random(1));
    assertThat(moved).isEqualTo(1);
    assertThat(active).containsExactly(true, true, false, true);
  }
}
