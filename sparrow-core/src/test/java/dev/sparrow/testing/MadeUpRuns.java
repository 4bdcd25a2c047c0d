package dev.sparrow.testing;

import dev.sparrow.arch.TrainingFlops;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.sparse.DensityEvent;
import dev.sparrow.units.Density;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Run folders that no training made: two epochs each, with results that tests choose. */
public final class MadeUpRuns {

  private MadeUpRuns() {}

  /**
   * Test accuracies of a result.
   *
   * @param robustBest robust, at the best epoch
   * @param robustFinal robust, at the end
   * @param cleanBest clean, at the best epoch
   * @param cleanFinal clean, at the end
   */
  public record Accuracies(double robustBest, double robustFinal, double cleanBest, double cleanFinal) {}

  /**
   * Writes a finished run. Training cost 33e9 operations as if dense, 11e9 as the paper counts and 9.2e9 honestly; that of a dense run
   * 33e9, 33e9 and 23e9. Before that, a Robust Bird searched for 4.6e9 operations, as many epochs as its seed; the mask settled in those
   * before the third.
   *
   * @param folder a new folder
   * @param accuracies what it achieved
   * @param trainRobust robust accuracy on the training images, if it was measured
   * @param assignments its configuration, as of {@code --set}
   */
  public static void finished(Path folder, Accuracies accuracies, Optional<Double> trainRobust, String... assignments) {
    RunConfig config = unfinished(folder, 2, assignments);
    boolean dense = config.method() == Method.DENSE;
    int searched = (int) config.seed().value();
    Optional<ResultRecord.StageOne> stageOne =
        config.method() == Method.ROBUST_BIRD
            ? Optional.of(new ResultRecord.StageOne(searched, searched < 3, 4.6e9))
            : Optional.empty();
    ResultRecord result =
        new ResultRecord(
            config.method(),
            config.network().arch(),
            config.data().dataset(),
            dense ? Density.DENSE : config.sparsity().density(),
            config.seed(),
            config.epochs(),
            new ResultRecord.Best(0, accuracies.cleanBest(), accuracies.robustBest()),
            new ResultRecord.Accuracies(accuracies.cleanFinal(), accuracies.robustFinal()),
            trainRobust,
            (dense ? new TrainingFlops(33e9, 33e9, 23e9) : new TrainingFlops(33e9, 11e9, 9.2e9))
                .afterSearch(stageOne.map(ResultRecord.StageOne::honestFlops).orElse(0.0)),
            stageOne,
            new ResultRecord.InferenceFlops(1e6, dense ? 1e6 : 0.25e6),
            dense ? 1 : config.sparsity().density().value(),
            10 + config.seed().value(),
            Optional.of(config.runtime().engine()),
            Map.of("sparrow", "0.1.0"));
    write(new RunFolder(folder).result(), Json.pretty(result));
  }

  /**
   * Writes a run that was stopped between two epochs; its test robust accuracy is 20 % plus 10 % per epoch plus 1 % per seed.
   *
   * @param folder a new folder
   * @param epochs how many it finished
   * @param assignments its configuration, as of {@code --set}, over two epochs
   * @return the configuration
   */
  public static RunConfig unfinished(Path folder, int epochs, String... assignments) {
    ConfigSources sources = ConfigSources.defaults().set("epochs=2");
    Arrays.stream(assignments).forEach(sources::set);
    RunConfig config = sources.resolve();
    RunFolder run = RunFolder.create(folder);
    write(run.config(), ConfigFile.text(config));
    try (MetricsLog log = MetricsLog.open(run.metrics(), 0)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        log.append(epoch(epoch, 0.2 + 0.1 * epoch + 0.01 * config.seed().value()));
      }
    }
    return config;
  }

  private static EpochRecord epoch(int epoch, double robust) {
    EpochRecord.Validation validation = new EpochRecord.Validation(robust + 0.2, robust, 2);
    Optional<EpochRecord.Test> test = Optional.of(new EpochRecord.Test(robust + 0.2, robust));
    return new EpochRecord(epoch, 0.1, 2, robust, validation, test, 1, 0, 1, DensityEvent.NONE, 10, 100);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
