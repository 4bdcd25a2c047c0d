package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.ResultRecord;
import dev.sparrow.report.RunFolder;
import dev.sparrow.train.StopSignal;
import dev.sparrow.train.TrainingDiverged;
import dev.sparrow.train.TrainingInterrupted;
import dev.sparrow.train.TrainingRun;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A command that trains a configuration in a run folder: with progress, stopped by signals, continued by {@code --resume}. */
abstract sealed class TrainingCommand extends ResultCommand implements Configured permits TrainCommand, RobustBirdCommand {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingCommand.class);
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(
      names = "--save-dir",
      paramLabel = "DIR",
      description = "The run folder, new or empty (a folder; default: runs/<method>-<arch>-<dataset>-<time>)")
  private Optional<Path> saveDir = Optional.empty();

  @Option(
      names = "--resume",
      description =
          "Continue the run in --save-dir, with its own configuration, save perhaps --engine, as if it had never been interrupted "
              + "(a switch; default: off)")
  private boolean resume;

  /**
   * Adds the options that are part of a run's configuration, except for the method.
   *
   * @param spec the command
   */
  static void addOptions(CommandSpec spec) {
    OptionGroup.DATA_GROUP.addTo(spec);
    OptionGroup.NETWORK_GROUP.addTo(spec);
    OptionGroup.SPARSITY_GROUP.addTo(spec);
    OptionGroup.PRUNE_GROUP.addTo(spec);
    OptionGroup.EARLY_BIRD_GROUP.addTo(spec);
    OptionGroup.OPTIMIZER_GROUP.addTo(spec);
    OptionGroup.TRAIN_ATTACK_GROUP.addTo(spec);
    OptionGroup.TEST_DURING_TRAINING_GROUP.addTo(spec);
    OptionGroup.RUNTIME_GROUP.addTo(spec);
  }

  /**
   * What the command line says about the configuration.
   *
   * @return the options that were given, and those that the command itself stands for
   */
  abstract RunOptions options();

  @Override
  public final RunConfig config() {
    return resume ? resumed(options()) : options().resolve(RunConfig.DEFAULT);
  }

  @Override
  public final Integer call() {
    RunConfig config = config();
    return train(config, saveDir.orElseGet(() -> defaultFolder(config)));
  }

  private RunConfig resumed(RunOptions options) {
    Path folder = saveDir.orElseThrow(() -> BadInput.usage("--save-dir", "the run folder to continue, with --resume", "nothing"));
    return options.resumed(ConfigFile.read(RunFolder.existing(folder).config()));
  }

  private static Path defaultFolder(RunConfig config) {
    String name =
        String.join(
            "-",
            config.method().label(),
            config.network().arch().label(),
            config.data().dataset().label(),
            LocalDateTime.now().format(STAMP));
    return Path.of("runs", name);
  }

  private int train(RunConfig config, Path folder) {
    StopSignal stop = new StopSignal();
    try (ProgressDisplay display = ProgressDisplay.on(err());
        StopOnSignal signals = new StopOnSignal(stop, display::line);
        TrainingProgress progress = new TrainingProgress(display, System::nanoTime)) {
      ResultRecord result = execute(config, folder, progress, stop);
      display.close();
      print(result, () -> TrainingSummary.text(result, new RunFolder(folder)));
      return ExitCode.OK;
    } catch (TrainingInterrupted e) {
      err().println("stopped, state saved; continue with: ./sparrow " + spec().name() + " --resume --save-dir " + folder);
      return ExitCode.INTERRUPTED;
    } catch (TrainingDiverged e) {
      err().println(e.getMessage());
      return ExitCode.DIVERGED;
    }
  }

  private ResultRecord execute(RunConfig config, Path folder, TrainingProgress progress, StopSignal stop) {
    try {
      return TrainingRun.execute(config, folder, resume, progress, stop);
    } catch (RuntimeException e) {
      LOG.info("the training ended early", e);
      throw e;
    }
  }
}
