package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.checkpoint.TicketManifest;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.TicketKind;
import dev.sparrow.io.Json;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.ResultRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run trained in parts equals one run, bit for bit. One row enrols a method. */
class ResumeTest {

  /** A kill: nothing is saved after it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"dense", "static", "set", "rigl", "flying-bird", "flying-bird-plus", "gradual"})
  void interruptedInMidEpochAndAtItsEnd(String method) throws IOException {
    trainedInPartsEqualsWhole(SmallRuns.config("method=" + method));
  }

  /** Whatever the number of threads: the sparse engine's results do not depend on it. */
  @ParameterizedTest
  @CsvSource({
    "static,           bf16, 1",
    "set,              bf16, 1",
    "rigl,             fp32, 2",
    "flying-bird,      bf16, 2",
    "flying-bird-plus, fp32, 1",
    "gradual,          bf16, 1"
  })
  void interruptedOnTheSparseEngine(String method, String precision, int threads) throws IOException {
    String[] settings = {"method=" + method, "runtime.engine=sparse", "runtime.precision=" + precision, "runtime.threads=" + threads};
    trainedInPartsEqualsWhole(SmallRuns.config(settings));
  }

  /** So short a run measures nothing: what is predicted to be faster computes, the same in the parts and in the whole. */
  @Test
  void interruptedOnWhicheverEngineIsFaster() throws IOException {
    trainedInPartsEqualsWhole(SmallRuns.config("method=flying-bird", "runtime.engine=auto"));
  }

  @Test
  void theSparseEnginesResultsDoNotDependOnThreads() throws IOException {
    for (int threads : new int[] {1, 2}) {
      RunConfig config = SmallRuns.tiny("method=rigl", "runtime.engine=sparse", "runtime.threads=" + threads);
      SmallRuns.run(config, folder.resolve("" + threads), false);
    }
    assertSameRun(folder.resolve("1"), folder.resolve("2"));
  }

  /** In float32 they compute the same but for rounding. */
  @ParameterizedTest
  @CsvSource({"DENSE, SPARSE", "SPARSE, DENSE"})
  void oneEngineContinuesWhatAnotherBegan(EngineKind first, EngineKind second) throws IOException {
    RunConfig config = SmallRuns.config("method=flying-bird", "objective=standard", "epochs=2");
    SmallRuns.run(config, folder.resolve("whole"), false);
    Path parts = folder.resolve("parts");
    stopAfterBatches(config.withEngine(first), parts, false, 2); // inside epoch 0, after a topology update
    SmallRuns.run(config.withEngine(second), parts, true);
    EpochRecord whole = epochs(folder.resolve("whole")).get(0);
    assertThat(epochs(parts).get(0).trainLoss()).isCloseTo(whole.trainLoss(), within(1e-3));
    assertThat(epochs(parts)).hasSize(2);
    assertThat(Json.read(parts.resolve("result.json"), ResultRecord.class).engine()).contains(second);
    assertThat(ConfigFile.read(parts.resolve("config.json")).runtime().engine()).as("what the run was started with").isEqualTo(first);
  }

  /** Scores are not computed again on a resume, when the weights are no longer those of the start. */
  @Test
  void interruptedWithMasksFromScores() throws IOException {
    trainedInPartsEqualsWhole(SmallRuns.config("method=flying-bird", "prune.scorer=grasp", "prune.scope=layer"));
  }

  private void trainedInPartsEqualsWhole(RunConfig config) throws IOException {
    SmallRuns.run(config, folder.resolve("whole"), false);
    Path parts = folder.resolve("parts");
    stopAfterBatches(config, parts, false, 2); // inside epoch 0
    stopAfterBatches(config, parts, true, 4); // at the end of epoch 1
    SmallRuns.run(config, parts, true);
    assertSameRun(folder.resolve("whole"), parts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flying-bird-plus", "rigl", "gradual"})
  void killedInMidEpoch(String method) throws IOException {
    SmallRuns.run(SmallRuns.config("method=" + method), folder.resolve("whole"), false);
    RunConfig config = SmallRuns.config("method=" + method, "runtime.checkpointEvery=2");
    Path parts = folder.resolve("parts");
    for (int batches : List.of(1, 3, 4)) { // before the first checkpoint, one batch after one, in the next epoch
      assertThatThrownBy(() -> TrainingRun.execute(config, parts, Files.exists(parts), killAfter(batches), new StopSignal()))
          .isInstanceOf(Killed.class);
    }
    SmallRuns.run(config, parts, true);
    assertSameRun(folder.resolve("whole"), parts);
  }

  /** Both stages have two epochs of two batches; the weights of the ticket are those after the first. */
  @ParameterizedTest
  @EnumSource(TicketKind.class)
  void robustBirdStoppedAndKilledInEitherStageAndBetweenThem(TicketKind kind) throws IOException {
    String pruning = "earlyBird.pruning=" + kind.label();
    Path whole = folder.resolve("whole");
    SmallRuns.run(SmallRuns.robustBird(pruning, "earlyBird.rewindEpoch=1", "epochs=2"), whole, false);
    RunConfig config = SmallRuns.robustBird(pruning, "earlyBird.rewindEpoch=1", "epochs=2", "runtime.checkpointEvery=1");
    Path parts = folder.resolve("parts");
    kill(config, parts, killAfter(1)); // before the first checkpoint of stage 1
    stopAfterBatches(config, parts, true, 1);
    kill(config, parts, killAfter(2)); // in its second epoch
    kill(config, parts, killBetweenStages(false));
    kill(config, parts, killBetweenStages(true));
    stopAfterBatches(config, parts, true, 1); // in stage 2
    kill(config, parts, killAfter(2));
    SmallRuns.run(config, parts, true);
    assertSameRun(whole, parts);
    assertSameRun(whole.resolve("stage1"), parts.resolve("stage1"));
    assertSameTensors(whole.resolve("stage1/checkpoints/rewind"), parts.resolve("stage1/checkpoints/rewind"));
    try (Ticket expected = Ticket.open(whole.resolve("ticket"));
        Ticket got = Ticket.open(parts.resolve("ticket"))) {
      assertThat(got.manifest().tensorsSha256()).isEqualTo(expected.manifest().tensorsSha256());
      assertThat(got.manifest().origin()).isEqualTo(expected.manifest().origin());
    }
  }

  private static void kill(RunConfig config, Path run, TrainingListener killer) {
    assertThatThrownBy(() -> TrainingRun.execute(config, run, Files.exists(run), killer, new StopSignal())).isInstanceOf(Killed.class);
  }

  /** When stage 1 has its result, or when the ticket is drawn too. */
  private static TrainingListener killBetweenStages(boolean withTicket) {
    return new TrainingListener() {
      @Override
      public void runFinished(ResultRecord result) {
        assertThat(result.method()).isEqualTo(Method.EARLY_BIRD);
        if (!withTicket) {
          throw new Killed();
        }
      }

      @Override
      public void ticketDrawn(TicketManifest ticket) {
        throw new Killed();
      }
    };
  }

  @Test
  void killedInAnEvaluation() throws IOException {
    RunConfig config = SmallRuns.config("method=flying-bird");
    SmallRuns.run(config, folder.resolve("whole"), false);
    Path parts = folder.resolve("parts");
    TrainingListener killer =
        new TrainingListener() {
          private int evaluations;

          @Override
          public void evaluating(String what, int done, int total) {
            if (done == total && ++evaluations == 3) { // validation of epoch 1
              throw new Killed();
            }
          }
        };
    assertThatThrownBy(() -> TrainingRun.execute(config, parts, false, killer, new StopSignal())).isInstanceOf(Killed.class);
    SmallRuns.run(config, parts, true);
    assertSameRun(folder.resolve("whole"), parts);
  }

  @Test
  void otherConfigurationIsRefused() {
    SmallRuns.run(SmallRuns.config("epochs=1"), folder.resolve("run"), false);
    RunConfig other = SmallRuns.config("epochs=2");
    assertThatThrownBy(() -> SmallRuns.run(other, folder.resolve("run"), true))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("configuration: expected that of the run (sha256:")
        .hasMessageEndingWith("config.json)");
  }

  @Test
  void checkpointOfAnotherRunIsRefused() throws IOException {
    stopAfterBatches(SmallRuns.config("seed=8"), folder.resolve("other"), false, 1);
    RunConfig config = SmallRuns.config();
    Path run = folder.resolve("run");
    stopAfterBatches(config, run, false, 1);
    for (String file : List.of("manifest.json", "tensors.safetensors")) {
      Path last = Path.of("checkpoints", "last", file);
      Files.copy(folder.resolve("other").resolve(last), run.resolve(last), StandardCopyOption.REPLACE_EXISTING);
    }
    assertThatThrownBy(() -> SmallRuns.run(config, run, true))
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("checkpoint: expected one of this run \\(sha256:\\w+\\), got one of another \\(sha256:\\w+\\) \\(.*last\\)");
  }

  @Test
  void finishedRunIsNotTrainedAgain() throws IOException {
    RunConfig config = SmallRuns.config("epochs=1");
    SmallRuns.run(config, folder.resolve("run"), false);
    byte[] result = Files.readAllBytes(folder.resolve("run/result.json"));
    TrainingRun.execute(config, folder.resolve("run"), true, killAfter(1), new StopSignal());
    assertThat(folder.resolve("run/result.json")).hasBinaryContent(result);
  }

  private static void stopAfterBatches(RunConfig config, Path run, boolean resume, int batches) {
    StopSignal stop = new StopSignal();
    TrainingListener listener =
        new TrainingListener() {
          private int done;

          @Override
          public void batchFinished(BatchReport report) {
            if (++done == batches) {
              stop.request();
            }
          }
        };
    assertThatThrownBy(() -> TrainingRun.execute(config, run, resume, listener, stop)).isInstanceOf(TrainingInterrupted.class);
  }

  private static TrainingListener killAfter(int batches) {
    return new TrainingListener() {
      private int done;

      @Override
      public void batchFinished(BatchReport report) {
        if (++done == batches) {
          throw new Killed();
        }
      }
    };
  }

  private static void assertSameRun(Path whole, Path parts) throws IOException {
    for (String name : List.of("last", "best-robust", "best-clean")) {
      assertSameTensors(whole.resolve("checkpoints").resolve(name), parts.resolve("checkpoints").resolve(name));
    }
    assertThat(epochs(parts)).isEqualTo(epochs(whole)).isNotEmpty();
  }

  private static void assertSameTensors(Path whole, Path parts) throws IOException {
    try (Checkpoint expected = Checkpoint.open(whole);
        Checkpoint got = Checkpoint.open(parts)) {
      assertThat(got.manifest().tensorsSha256()).as("%s", whole).isEqualTo(expected.manifest().tensorsSha256());
      assertThat(got.manifest().sparsity()).as("%s", whole).isEqualTo(expected.manifest().sparsity());
    }
  }

  private static List<EpochRecord> epochs(Path run) {
    return MetricsLog.read(run.resolve("metrics.jsonl")).stream().map(SmallRuns::withoutTimes).toList();
  }
}
