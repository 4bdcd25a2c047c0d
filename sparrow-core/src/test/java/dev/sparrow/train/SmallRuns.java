package dev.sparrow.train;

import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.EpochRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs of seconds on the bundled sample. */
final class SmallRuns {

  private static final List<String> SETTINGS =
      List.of(
          "network.width=4",
          "data.limitTrain=160", // 144 to train on, 16 to validate
          "data.limitTest=32",
          "epochs=3",
          "batchSize=48",
          "optimizer.lr=0.05",
          "trainAttack.steps=1",
          "testAttack.steps=2",
          "sparsity.updateFrequency=2",
          "sparsity.dynamicEpoch=0",
          "sparsity.window=1",
          "runtime.precision=fp32",
          "runtime.threads=1",
          "seed=7");

  private SmallRuns() {}

  static RunConfig config(String... more) {
    ConfigSources sources = ConfigSources.defaults();
    for (String setting : SETTINGS) {
      sources = sources.set(setting);
    }
    for (String setting : more) {
      sources = sources.set(setting);
    }
    return sources.resolve();
  }

  /** Smaller still: a network of width 2 on 58 images, in two batches. */
  static RunConfig tiny(String... more) {
    return config(with(List.of("network.width=2", "data.limitTrain=64", "data.limitTest=16"), more));
  }

  /** Both stages of Robust Bird; any two masks agree, so the first one ends after its second epoch. */
  static RunConfig robustBird(String... more) {
    return tiny(with(List.of("method=robust-bird", "earlyBird.epochs=6", "earlyBird.window=2", "earlyBird.threshold=1"), more));
  }

  private static String[] with(List<String> first, String... more) {
    return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
  }

  static void run(RunConfig config, Path folder, boolean resume) {
    TrainingRun.execute(config, folder, resume, TrainingListener.SILENT, new StopSignal());
  }

  /** An epoch without its timings, which no two runs share. */
  static EpochRecord withoutTimes(EpochRecord e) {
    return new EpochRecord(
        e.epoch(), e.lr(), e.trainLoss(), e.trainAccuracy(), e.validation(), e.test(), e.density(), e.dropFraction(), e.explored(),
        e.event(), 0, 0);
  }
}
