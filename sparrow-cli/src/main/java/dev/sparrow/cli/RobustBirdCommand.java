package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.config.Method;
import dev.sparrow.config.StageObjective;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Trains a network with Robust Bird. */
@Command(
    name = "robust-bird",
    modelTransformer = RobustBirdCommand.Options.class,
    description = {
      "Robust Bird: trains the dense network cheaply until the mask it would be pruned to has settled, prunes it to that ticket,",
      "and trains the ticket adversarially. Both stages share one run folder; the same as train --method robust-bird."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow robust-bird --dataset cifar10 --data data/cifar10 --density 0.2 --save-dir runs/rb",
      "  sparrow robust-bird --resume --save-dir runs/rb",
      "  sparrow robust-bird --width 8 --stage1-epochs 6 --ticket-window 3 --epochs 2 --limit-train 500 --save-dir runs/small",
      "  sparrow robust-bird --stage1 fast --stage2 pgd --pruning channel --density 0.5 --print-config"
    })
final class RobustBirdCommand extends TrainingCommand {

  private static final String STAGE2 = "--stage2";
  private static final OptionValue STAGE = OptionValue.oneOf("NAME", StageObjective.class);

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      spec.addOption(
          OptionSpec.builder(STAGE2)
              .type(String.class)
              .arity("1")
              .paramLabel(STAGE.label())
              .completionCandidates(STAGE.candidates())
              .converters(text -> STAGE.read(STAGE2, text))
              .description("How the second stage trains: --objective under the names of --stage1 (" + STAGE.range() + "; default: pgd)")
              .build());
      addOptions(spec);
      return spec;
    }
  }

  @Override
  RunOptions options() {
    RunOptions options = RunOptions.of(parsed()).with(RunOption.METHOD, Method.ROBUST_BIRD.label());
    if (!parsed().hasMatchedOption(STAGE2)) {
      return options;
    }
    if (options.given().containsKey(RunOption.OBJECTIVE)) {
      throw BadInput.usage(STAGE2, "no --objective beside it, which says the same", "both");
    }
    String label = parsed().matchedOptionValue(STAGE2, "");
    return options.with(RunOption.OBJECTIVE, StageObjective.parse(label).objective().label());
  }
}
