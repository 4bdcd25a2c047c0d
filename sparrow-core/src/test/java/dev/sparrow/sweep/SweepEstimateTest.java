package dev.sparrow.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.train.BatchReport;
import dev.sparrow.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimate by a clock that the test turns. */
class SweepEstimateTest {

  /** Two epochs of 100 units of training, 10 of validation, 20 of test; 40 at the end: 300 in all. */
  private static final RunCost COST = new RunCost(2, 1, 100, 10, 20, 40);

  @TempDir Path folder;

  private final AtomicLong clock = new AtomicLong();

  private void pass(long seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static BatchReport batch(int epoch, int batch) {
    return new BatchReport(epoch, batch, 4, 1, 0.5, 100);
  }

  @Test
  void costsByHand() {
    assertThat(COST.total()).isEqualTo(300);
    assertThat(COST.afterEpochs(0)).isZero();
    assertThat(COST.afterEpochs(1)).isEqualTo(130);
    assertThat(COST.allTraining()).isEqualTo(200);
    RunCost everySecond = new RunCost(3, 2, 100, 10, 20, 40); // tests after the second epoch and, being the last, the third
    assertThat(everySecond.afterEpochs(1)).isEqualTo(110);
    assertThat(everySecond.afterEpochs(2)).isEqualTo(240);
    assertThat(everySecond.total()).isEqualTo(3 * 110 + 2 * 20 + 40);
  }

  @Test
  void aRunsCostCountsPasses() {
    ImageCounts images = new ImageCounts(1000, 100, 200, 32, 10);
    RunConfig config = ConfigSources.defaults().set("epochs=3").set("trainAttack.steps=7").set("testAttack.steps=5").resolve();
    RunCost cost = RunCost.of(config, images);
    double macs = cost.training() / 1000 / (2 * 7 + 3); // an attack step is 2 passes, a training step 3
    assertThat(macs).isEqualTo(555_422_720.0); // of ResNet-18 on 32x32
    assertThat(cost.validation()).isEqualTo(100 * macs * (1 + 2 * 5 + 1));
    assertThat(cost.test()).isEqualTo(200 * macs * 12);
    assertThat(cost.last()).isEqualTo(1000 * macs * 12);
    RunConfig clean = ConfigSources.over(config).set("objective=standard").resolve();
    assertThat(RunCost.of(clean, images).training()).isEqualTo(1000 * macs * 3);
  }

  @Test
  void robustBirdsFirstStageCountsUpToItsMostEpochs() {
    ImageCounts images = new ImageCounts(1000, 100, 200, 32, 10);
    RunConfig config = ConfigSources.defaults().set("method=robust-bird").set("earlyBird.epochs=7").set("epochs=3").resolve();
    RunWork work = RunWork.of(config, images);
    double macs = 555_422_720.0;
    assertThat(work.search()).contains(new RunCost(7, 7, 1000 * macs * 3, 100 * macs * 4, 200 * macs * 4, 1000 * macs * 4));
    assertThat(work.training()).isEqualTo(RunCost.of(config, images));
    assertThat(work.total()).isEqualTo(work.search().orElseThrow().total() + work.training().total());
    assertThat(RunWork.of(ConfigSources.over(config).set("earlyBird.pretrained=there").resolve(), images).search()).isEmpty();
    assertThat(RunWork.of(ConfigSources.over(config).set("method=static").resolve(), images).search()).isEmpty();
  }

  @Test
  void aStageThatEndsEarlyLeavesNothingBehind() {
    RunCost search = new RunCost(5, 5, 50, 10, 20, 30); // 350
    WorkMeter meter = new WorkMeter(new RunWork(Optional.of(search), COST));
    assertThat(meter.left()).isEqualTo(650);
    meter.startStage(Method.EARLY_BIRD, 0);
    meter.batchFinished(batch(0, 1));
    meter.batchFinished(batch(1, 4)); // an epoch with its evaluation, and the training of the next
    assertThat(meter.done()).isEqualTo(60 + 50);
    assertThat(meter.left()).isEqualTo(650 - 110);
    meter.startStage(Method.ROBUST_BIRD, 0);
    assertThat(meter.done()).isEqualTo(110);
    assertThat(meter.left()).isEqualTo(300);
    meter.batchFinished(batch(0, 1));
    meter.batchFinished(batch(0, 2));
    assertThat(meter.done()).isEqualTo(110 + 50);
    assertThat(meter.left()).isEqualTo(250);
  }

  @Test
  void remainingIsWorkAtTheMeasuredSpeed() {
    List<PlannedRun> runs = SweepFiles.expand(folder, "grid: {seed: [1, 2, 3]}");
    Map<PlannedRun, RunWork> works = new LinkedHashMap<>();
    runs.forEach(run -> works.put(run, new RunWork(Optional.empty(), COST)));
    SweepEstimate estimate = new SweepEstimate(works, clock::get);
    assertThat(estimate.share(runs.get(0))).isEqualTo(1.0 / 3);
    assertThat(estimate.remaining()).isEmpty();

    TrainingListener first = estimate.begin(runs.get(0));
    pass(5);
    assertThat(estimate.remaining()).isEmpty();
    first.batchFinished(batch(0, 1)); // 25 of 900 units in 5 s
    assertThat(estimate.remaining()).contains(Duration.ofSeconds(875 / 5));
    pass(5);
    assertThat(estimate.remaining()).contains(Duration.ofSeconds(2 * 875 / 5)); // nothing done in twice the time
    first.batchFinished(batch(0, 4));
    first.evaluating("validation", 5, 10);
    pass(11); // 105 units in 21 s
    assertThat(estimate.remaining()).contains(Duration.ofSeconds(795 / 5));
    first.evaluating("test", 1, 1);
    first.batchFinished(batch(1, 4));
    first.evaluating("training set", 1, 1);
    pass(39); // 300 units in 60 s
    estimate.end();
    assertThat(estimate.remaining()).contains(Duration.ofSeconds(120));

    TrainingListener second = estimate.begin(runs.get(1));
    second.batchFinished(batch(1, 3)); // resumed in its second epoch: 25 units were done here, 95 are left
    pass(5);
    assertThat(estimate.remaining()).contains(Duration.ofSeconds((95 + 300) / 5));
    estimate.end(); // fails: what was left of it is not done any more
    assertThat(estimate.remaining()).contains(Duration.ofSeconds(300 / 5));
  }
}
