package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.CurveFlag;
import dev.sparrow.analysis.CurveTracer;
import dev.sparrow.analysis.Over;
import dev.sparrow.analysis.RobustnessCurve;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.engine.Workload;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.report.TextTable;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Labelled;
import dev.sparrow.units.Norm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Measures accuracy against the strength of an attack. */
@Command(
    name = "curve",
    modelTransformer = AnalyzeCurve.Options.class,
    description = {
      "Measures the robust accuracy of a network against the radius or the number of steps of PGD, and checks that the curve can be true.",
      "Exits with 4 if it cannot; see docs/analysis.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze curve runs/first --over eps --limit-test 1000",
      "  sparrow analyze curve runs/first --over steps --steps 1,10,100 --test-eps 8/255 --json",
      "  sparrow analyze curve --weights weights.safetensors --arch resnet18 --epsilons 0,4/255,8/255 --out analysis"
    })
final class AnalyzeCurve extends AnalysisCommand implements Configured {

  /** Points of a curve over radii. */
  private static final int RADII = 17;

  /** Between two of them, in levels of 255: balls of equal radius are much smaller in l2. */
  private static final int LINF_STEP = 1;

  private static final int L2_STEP = 16;

  @Mixin private ModelOptions model;

  @Option(
      names = "--over",
      paramLabel = "WHAT",
      defaultValue = "eps",
      description = "What varies (one of eps, steps; default: ${DEFAULT-VALUE})")
  private String over;

  @Option(
      names = "--epsilons",
      paramLabel = "EPS",
      split = ",",
      description =
          "Radii of --over eps, comma-separated (pixel units, at least 0; default: 0 to 16/255 by 1/255, with --norm l2 0 to 256/255 by "
              + "16/255)")
  private List<String> radii = List.of();

  @Option(
      names = "--steps",
      paramLabel = "K",
      split = ",",
      defaultValue = "1,2,5,10,20,50,100",
      description = "Numbers of steps of --over steps, comma-separated (at least 1; default: ${DEFAULT-VALUE})")
  private List<Integer> steps = List.of();

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
    Over varying = Labelled.parse(Over.class, "--over", over);
    RunConfig config = config();
    List<Epsilon> epsilons = epsilons(config.testAttack().norm());
    TestImages images = TestImages.read(config, Optional.empty());
    EngineChoice engine = EngineChoice.of(config.runtime()).withWorkload(workload(varying, epsilons, config.testAttack(), images));
    Engines.useThreads(engine);
    try (ProgressDisplay display = ProgressDisplay.on(err());
        LoadedModel loaded = model.load(config, images.facts(), engine)) {
      images.requireFitting(loaded.model());
      CurveTracer tracer =
          new CurveTracer(
              model.source().orElseThrow().toString(),
              new Evaluator(loaded.model(), engine.device(), config.batchSize(), config.seed()),
              new CurveTracer.Images(images.batches(), images.size(), config.batchSize(), images.facts().imageSize()),
              (part, done, total) -> display.progress(part, done, total, ""));
      RobustnessCurve curve =
          switch (varying) {
            case EPS -> tracer.overRadii(config.testAttack(), epsilons);
            case STEPS -> tracer.overSteps(config.testAttack(), steps);
          };
      display.close();
      finish("curve-" + varying.label(), model.source(), curve, curve::draw, () -> text(curve));
      return curve.flags().isEmpty() ? ExitCode.OK : ExitCode.FLAGGED;
    }
  }

  private List<Epsilon> epsilons(Norm norm) {
    if (radii.isEmpty()) {
      int step = norm == Norm.LINF ? LINF_STEP : L2_STEP;
      return IntStream.range(0, RADII).mapToObj(i -> Epsilon.levels(i * step)).toList();
    }
    return radii.stream().map(text -> Epsilon.parse(OptionValue.EPSILON.read("--epsilons", text))).toList();
  }

  private Workload workload(Over varying, List<Epsilon> epsilons, AttackConfig attack, TestImages images) {
    for (int count : steps) {
      if (count < 1) {
        throw BadInput.usage("--steps", "whole numbers of at least 1", count);
      }
    }
    long all = varying == Over.EPS ? (long) epsilons.size() * attack.steps() : steps.stream().mapToLong(count -> count).sum();
    return Workload.evaluation(images.batches().count(), all);
  }

  private static String text(RobustnessCurve curve) {
    TextTable table = new TextTable().right(curve.over().label()).right("robust accuracy");
    curve.points().forEach(point -> table.row(point.at(), Texts.percent(point.robustAccuracy())));
    curve.limit().ifPresent(limit -> table.row(limit.at(), Texts.percent(limit.robustAccuracy())));
    String flags = curve.flags().stream().map(CurveFlag::label).collect(Collectors.joining(", "));
    return Texts.format(
        "%s on %d images%nclean accuracy %s%n%s%s",
        curve.attack(),
        curve.images(),
        Texts.percent(curve.cleanAccuracy()),
        table,
        flags.isEmpty() ? "" : Texts.format("%nunreliable: %s (docs/analysis.md)", flags));
  }
}
