package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.schedule.DropFraction;
import dev.sparrow.schedule.UpdateSchedule;
import dev.sparrow.sparse.DropAndGrowPlan;
import dev.sparrow.sparse.RandomGrowth;
import dev.sparrow.sparse.SparseTraining;
import dev.sparrow.sparse.SparsityRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a sparsity method that Sparrow has no name for. */
class OwnMethodTest {

  private static final RunConfig OWN = SmallRuns.tiny("method=custom", "epochs=2", "sparsity.updateFrequency=1");

  /** SET by another name: the same first masks, growth and times. */
  private static final SparsityRecipe SET_AGAIN =
      (config, blueprint, iterationsPerEpoch) ->
          new SparseTraining(
              Method.CUSTOM,
              new FirstMasks(config.prune(), blueprint.allocation(config.sparsity().init()), config.sparsity().density()),
              new LayerCollapse(false),
              new DropAndGrowPlan(
                  UpdateSchedule.every(config.sparsity().updateFrequency()),
                  DropFraction.of(
                      config.sparsity().dropSchedule(), config.sparsity().dropFraction(), config.epochs() * iterationsPerEpoch),
                  new RandomGrowth(),
                  Optional.empty()));

  @TempDir private Path folder;

  @Test
  void trainsAsTheLibrarysOwnWould() throws IOException {
    ResultRecord own = run(folder.resolve("own"), false, new StopSignal());
    SmallRuns.run(SmallRuns.tiny("method=set", "epochs=2", "sparsity.updateFrequency=1"), folder.resolve("set"), false);
    assertThat(own.method()).isEqualTo(Method.CUSTOM);
    assertThat(checksum(folder.resolve("own"))).isEqualTo(checksum(folder.resolve("set")));
  }

  @Test
  void resumesBitForBit() throws IOException {
    run(folder.resolve("whole"), false, new StopSignal());
    StopSignal stop = new StopSignal();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void batchFinished(BatchReport report) {
            stop.request();
          }
        };
    Path parts = folder.resolve("parts");
    assertThatThrownBy(() -> TrainingRun.execute(OWN, SET_AGAIN, parts, false, stopper, stop)).isInstanceOf(TrainingInterrupted.class);
    run(parts, true, new StopSignal());
    assertThat(checksum(parts)).isEqualTo(checksum(folder.resolve("whole")));
  }

  @Test
  void isRefusedWithoutItsProgramAndLeavesTheFolderFree() {
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> SmallRuns.run(OWN, run, false))
        .isInstanceOf(BadInput.class)
        .hasMessage("method: expected one that Sparrow makes itself, got custom, which the program that trains has to bring");
    assertThat(run.resolve("config.json")).doesNotExist();
  }

  @Test
  void bearsNoOthersName() {
    RunConfig config = SmallRuns.tiny("method=rigl");
    assertThatThrownBy(() -> TrainingRun.execute(config, SET_AGAIN, folder, false, TrainingListener.SILENT, new StopSignal()))
        .isInstanceOf(BadInput.class)
        .hasMessage("method: expected custom for one of the program's own, got rigl");
  }

  private static ResultRecord run(Path folder, boolean resume, StopSignal stop) {
    return TrainingRun.execute(OWN, SET_AGAIN, folder, resume, TrainingListener.SILENT, stop);
  }

  /** Of weights, statistics, momentum and masks. */
  private static String checksum(Path run) throws IOException {
    try (Checkpoint last = Checkpoint.open(new RunFolder(run).lastCheckpoint())) {
      return last.manifest().tensorsSha256();
    }
  }
}
