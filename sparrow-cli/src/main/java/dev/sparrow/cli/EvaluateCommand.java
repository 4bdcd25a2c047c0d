package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.engine.Workload;
import dev.sparrow.eval.Evaluation;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.tensor.DeviceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Measures clean and robust accuracy. */
@Command(
    name = "evaluate",
    modelTransformer = EvaluateCommand.Options.class,
    description = {
      "Measures the accuracy of a network on clean and adversarial test images, without computing a parameter gradient.",
      "For a run folder, options that are not given are those of the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow evaluate runs/first",
      "  sparrow evaluate runs/first --checkpoint last --attack fgsm,pgd-50 --test-eps 4/255 --limit-test 200 --json",
      "  sparrow evaluate --weights weights.safetensors --arch resnet18 --dataset cifar10 --data data/cifar10 --outcomes outcomes.csv",
      "  sparrow evaluate runs/first --input images.safetensors --logits-out logits.safetensors"
    })
final class EvaluateCommand extends ResultCommand {

  @Mixin private ModelOptions model;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "fgsm,pgd",
      description = "Attacks, in this order, comma-separated (" + AttackNames.KNOWN + "; default: ${DEFAULT-VALUE})")
  private List<String> attacks = List.of();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Take these images instead of the data set's (a safetensors file with images, float32 [N, 3, H, H] in [0, 1], and, for accuracies, "
              + "labels, int64 [N]; default: none)")
  private Optional<Path> input = Optional.empty();

  @Option(names = "--logits-out", paramLabel = "FILE", description = "Store the logits of the clean images (a safetensors file; default: none)")
  private Optional<Path> logits = Optional.empty();

  @Option(
      names = "--outcomes",
      paramLabel = "FILE",
      description = "Store which image stands after which attack (a file of comma-separated values; default: none)")
  private Optional<Path> outcomes = Optional.empty();

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.TEST_DATA_GROUP.addTo(spec);
      OptionGroup.NETWORK_GROUP.addTo(spec);
      OptionGroup.TEST_ATTACK_GROUP.addTo(spec);
      OptionGroup.EVALUATION_RUNTIME_GROUP.addTo(spec);
      return spec;
    }
  }

  @Override
  public Integer call() throws IOException {
    RunConfig config = RunOptions.of(parsed()).resolve(model.base());
    List<Attack> resolved = attacks.stream().map(name -> AttackNames.attack(name, config.testAttack())).toList();
    TestImages images = TestImages.read(config, input);
    if (!images.labelled() && logits.isEmpty()) {
      throw BadInput.usage("--logits-out", "a file, as " + images.name() + " have no labels to be right or wrong about", "nothing");
    }
    EngineChoice engine = EngineChoice.of(config.runtime()).withWorkload(workload(config, resolved, images));
    Engines.useThreads(engine);
    try (ProgressDisplay display = ProgressDisplay.on(err());
        LoadedModel loaded = model.load(config, images.facts(), engine)) {
      images.requireFitting(loaded.info());
      evaluate(config, resolved, images, loaded, display);
    }
    return ExitCode.OK;
  }

  /** About: an attack may be of another length than PGD. */
  private static Workload workload(RunConfig config, List<Attack> attacks, TestImages images) {
    int batches = (images.size() + config.batchSize() - 1) / config.batchSize();
    return Workload.evaluation(batches, (long) attacks.size() * config.testAttack().steps());
  }

  private void evaluate(RunConfig config, List<Attack> resolved, TestImages images, LoadedModel loaded, ProgressDisplay display)
      throws IOException {
    DeviceSpec device = EngineChoice.of(config.runtime()).device();
    if (logits.isPresent()) {
      Predictions.write(loaded.model(), device, images, logits.get(), display);
    }
    if (!images.labelled()) {
      display.close();
      Map<String, Object> result = Map.of("images", images.size(), "logits", logits.orElseThrow().toString());
      print(result, () -> "logits of " + images.size() + " " + images.name() + ": " + logits.orElseThrow());
      return;
    }
    Evaluator evaluator = new Evaluator(loaded.model(), device, config.batchSize(), config.seed());
    Evaluation evaluation =
        evaluator.evaluate(
            images.batches(), images.size(), resolved, (done, total) -> display.progress("evaluating", done, total, ""));
    if (outcomes.isPresent()) {
      AtomicFiles.write(outcomes.get(), EvaluationReport.outcomes(evaluation, Predictions.labels(images.batches())));
    }
    display.close();
    EvaluationReport report = EvaluationReport.of(evaluation);
    print(report, () -> report.text(images.name()));
  }
}
