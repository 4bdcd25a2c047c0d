package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.Arch;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.model.ActivationLayout;
import dev.sparrow.train.StepBenchmark;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Times training steps. */
@Command(
    name = "step",
    modelTransformer = BenchStep.Options.class,
    description = {
      "Times whole training steps on random images: the attack, the parameter gradients, the optimizer. Prints medians.",
      "With --density or --ticket the method is static unless --method says otherwise."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow bench step --arch resnet18 --width 64 --batch 32 --attack-steps 10 --repetitions 5 --json",
      "  sparrow bench step --arch resnet18 --batch 32 --precision fp32 --layout channels-first --threads 2",
      "  sparrow bench step --engine auto --density 0.2 --init igq --against dense --threads 2",
      "  sparrow bench step --engine auto --density 0.1 --scorer magnitude --scope global --against dense --threads 2",
      "  sparrow bench step --engine auto --ticket tickets/first --density 0.2 --against dense",
      "  sparrow bench step --engine sparse --density 0.1 --init uniform --against dense,dense-fp32-channels-first --threads 2"
    })
final class BenchStep extends ResultCommand implements Configured {

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images per step (images, at least 1; default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--attack-steps",
      paramLabel = "K",
      defaultValue = "10",
      description = "Steps of the training attack (steps, at least 1; default: ${DEFAULT-VALUE})")
  private int attackSteps;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description = "Steps that count, after one that does not (steps, at least 1; default: ${DEFAULT-VALUE})")
  private int repetitions;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      defaultValue = "channels-last",
      description = "How activations lie in memory (one of channels-last, channels-first; default: ${DEFAULT-VALUE})")
  private String layout;

  @Option(
      names = "--against",
      paramLabel = "ENGINE",
      split = ",",
      description =
          "Take steps with these engines too, in turn, and compare (" + Opponent.KNOWN + ", comma-separated; default: none)")
  private List<String> opponents = List.of();

  @Option(
      names = "--num-classes",
      paramLabel = "K",
      defaultValue = "10",
      description = "Number of classes (at least 2; default: ${DEFAULT-VALUE})")
  private int numClasses;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Side of the images (pixels, 32 or 64; default: ${DEFAULT-VALUE})")
  private int imageSize;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.NETWORK_GROUP.addTo(spec);
      new OptionGroup(
              "Training",
              List.of(
                  RunOption.METHOD, RunOption.DENSITY, RunOption.INIT, RunOption.SCORER, RunOption.SCOPE, RunOption.ALLOW_COLLAPSE,
                  RunOption.TICKET, RunOption.OBJECTIVE))
          .addTo(spec);
      new OptionGroup(
              "Computation", List.of(RunOption.DEVICE, RunOption.ENGINE, RunOption.PRECISION, RunOption.THREADS, RunOption.SEED))
          .addTo(spec);
      return spec;
    }
  }

  @Override
  public Integer call() {
    if (repetitions < 1) {
      throw BadInput.usage("--repetitions", "a whole number of at least 1", repetitions);
    }
    List<Opponent> others = opponents.stream().map(Opponent::parse).toList();
    RunConfig config = config();
    List<EngineChoice> engines = new ArrayList<>(List.of(EngineChoice.of(config.runtime()).withLayout(layout())));
    others.forEach(other -> engines.add(other.choice(config.runtime())));
    StepReport report = StepReport.of(StepBenchmark.run(config, imageSize, numClasses, engines, repetitions), others);
    print(report, report::text);
    return ExitCode.OK;
  }

  /** A density or a ticket makes no sense of a dense training, save a density that is the size of the network. */
  @Override
  public RunConfig config() {
    RunOptions options = RunOptions.of(parsed());
    boolean masked = options.mention(RunOption.DENSITY) || options.mention(RunOption.TICKET);
    RunConfig given = options.resolve(masked ? ConfigSources.defaults().set("method=" + Method.STATIC.label()).resolve() : RunConfig.DEFAULT);
    boolean small = given.network().arch() == Arch.SMALLDENSE;
    return ConfigSources.over(small ? options.resolve(RunConfig.DEFAULT) : given)
        .set("batchSize", String.valueOf(batch), "--batch")
        .set("trainAttack.steps", String.valueOf(attackSteps), "--attack-steps")
        .resolve();
  }

  private ActivationLayout layout() {
    return switch (layout) {
      case "channels-last" -> ActivationLayout.CHANNELS_LAST;
      case "channels-first" -> ActivationLayout.CHANNELS_FIRST;
      default -> throw BadInput.usage("--layout", "one of channels-last, channels-first", "'" + layout + "'");
    };
  }
}
