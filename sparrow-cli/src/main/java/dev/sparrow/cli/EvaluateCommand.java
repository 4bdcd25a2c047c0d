package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.engine.Workload;
import dev.sparrow.eval.Cascade;
import dev.sparrow.eval.CascadeResult;
import dev.sparrow.eval.CascadeSetting;
import dev.sparrow.eval.EvaluationInterrupted;
import dev.sparrow.report.EvaluationFolder;
import dev.sparrow.report.ResultCard;
import dev.sparrow.train.StopSignal;
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
      "Measures the accuracy of a network on clean and adversarial test images. Each attack runs on the images alone that stand after those "
          + "before it, and whatever it breaks is classified again.",
      "Stopped by Ctrl-C it saves its state, and the same command goes on from there. Reasons to doubt the numbers are flagged: exit code 4.",
      "For a run folder, options that are not given are those of the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow evaluate runs/first",
      "  sparrow evaluate runs/first --attack autoattack --limit-test 1000",
      "  sparrow evaluate runs/first --checkpoint last --attack fgsm,pgd-50x5,square --test-eps 4/255 --limit-test 200 --json",
      "  sparrow evaluate runs/first --attack apgd-ce,apgd-t --transfer-from runs/second",
      "  sparrow evaluate --weights weights.safetensors --arch resnet18 --dataset cifar10 --data data/cifar10 --attack autoattack --quick "
          + "--save-dir evaluation",
      "  sparrow evaluate --torchscript model.pt --num-classes 10 --dataset cifar10 --data data/cifar10 --attack autoattack",
      "  sparrow evaluate runs/first --input images.safetensors --logits-out logits.safetensors"
    })
final class EvaluateCommand extends ResultCommand implements Configured {

  @Mixin private ClassifierOptions model;

  @Mixin private AttackOptions attacks;

  @Mixin private EvaluationPlace place;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Take these images instead of the data set's (a safetensors file with images, float32 [N, 3, H, H] in [0, 1], and, for accuracies, "
              + "labels, int64 [N]; default: none)")
  private Optional<Path> input = Optional.empty();

  @Option(names = "--logits-out", paramLabel = "FILE", description = "Store the logits of the clean images (a safetensors file; default: none)")
  private Optional<Path> logits = Optional.empty();

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
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(model.base());
  }

  @Override
  public Integer call() throws IOException {
    RunConfig config = config();
    List<Attack> resolved = attacks.attacks(config.testAttack());
    TestImages images = TestImages.read(config, input);
    if (!images.labelled() && logits.isEmpty()) {
      throw BadInput.usage("--logits-out", "a file, as " + images.name() + " have no labels to be right or wrong about", "nothing");
    }
    EngineChoice engine = EngineChoice.of(config.runtime()).withWorkload(workload(config, resolved, images));
    Engines.useThreads(engine);
    try (ProgressDisplay display = ProgressDisplay.on(err());
        EvaluatedModel loaded = model.load(config, images.facts(), engine);
        TransferSource source = TransferSource.open(attacks.source(), loaded.model(), engine)) {
      images.requireFitting(loaded.model());
      if (logits.isPresent()) {
        Predictions.write(loaded.model(), engine.device(), images, logits.get(), display);
      }
      if (images.labelled()) {
        return evaluate(config, engine, source.attacks(resolved), images, loaded, display);
      }
      display.close();
      printLogits(images, logits.orElseThrow());
    }
    return ExitCode.OK;
  }

  private void printLogits(TestImages images, Path file) {
    Map<String, Object> result = Map.of("images", images.size(), "logits", file.toString());
    print(result, () -> "logits of " + images.size() + " " + images.name() + ": " + file);
  }

  /** About: an attack may be of another length than PGD. */
  private static Workload workload(RunConfig config, List<Attack> attacks, TestImages images) {
    int batches = (images.size() + config.batchSize() - 1) / config.batchSize();
    return Workload.evaluation(batches, (long) attacks.size() * config.testAttack().steps());
  }

  private int evaluate(
      RunConfig config, EngineChoice engine, List<Attack> crafted, TestImages images, EvaluatedModel loaded, ProgressDisplay display)
      throws IOException {
    CascadeSetting setting =
        new CascadeSetting(loaded.model(), engine.device(), engine.precision(), config.batchSize(), config.seed(), attacks.randomized());
    StopSignal stop = new StopSignal();
    try (EvaluationSession session = new EvaluationSession(place, folder(config));
        StopOnSignal signals = new StopOnSignal(stop, display::line)) {
      try {
        Cascade cascade = new Cascade(setting, session.store(), new CascadeProgress(display, stop));
        CascadeResult result = cascade.run(images.batches(), crafted);
        Computation computation = Computation.of(config, engine);
        ResultCard described = cardWriter(config, computation, loaded.architecture()).card(result);
        Optional<Path> card = session.write(result, described, PrintedSettings.text(this));
        display.close();
        EvaluationReport report = EvaluationReport.of(result, computation, card);
        print(report, () -> report.text(images.name()));
        result.findings().forEach(finding -> err().println(CascadeProgress.text(finding)));
        return result.findings().isEmpty() ? ExitCode.OK : ExitCode.FLAGGED;
      } catch (EvaluationInterrupted e) {
        display.close();
        err().println(session.stopped());
        return ExitCode.INTERRUPTED;
      }
    }
  }

  private Optional<EvaluationFolder> folder(RunConfig config) {
    return place.folder(model.runFolder(), model.checkpoint(), attacks.shortName(), config.testAttack());
  }

  private CardWriter cardWriter(RunConfig config, Computation computation, String architecture) {
    Optional<String> checkpoint = model.runFolder().map(run -> model.checkpoint());
    return new CardWriter(config, architecture, model.source(), checkpoint, attacks.isAutoAttack(), computation);
  }
}
