package dev.sparrow.cli;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.RunConfig;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.prune.channel.Compaction;
import dev.sparrow.prune.channel.CompactionBenchmark;
import dev.sparrow.prune.channel.OutputDifference;
import dev.sparrow.prune.channel.RandomChannels;
import dev.sparrow.report.TextTable;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Threads;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Times a network against its compact one. */
@Command(
    name = "compact",
    modelTransformer = BenchCompact.Options.class,
    description = {
      "Times a masked network against the same without the channels that contribute nothing, in turn, on random images. Prints medians.",
      "Without a run and without --weights it takes a fresh network with random batch-norm scales, channels pruned to --density."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow bench compact runs/first",
      "  sparrow bench compact --arch resnet18 --width 64 --density 0.5 --batch 128 --repetitions 5 --precision fp32 --json"
    })
final class BenchCompact extends ResultCommand implements Configured {

  /** Where nothing says another. */
  private static final int IMAGE_SIZE = 32;

  @Mixin private ModelOptions model;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images per pass (images, at least 1; default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description = "Passes that count, after two that do not (passes, at least 1; default: ${DEFAULT-VALUE})")
  private int repetitions;

  @Option(
      names = "--align",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of what the compact network's numbers of channels are multiples (channels, at least 1; default: ${DEFAULT-VALUE})")
  private int align;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.NETWORK_GROUP.addTo(spec);
      new OptionGroup("Sparsity", List.of(RunOption.DENSITY)).addTo(spec);
      new OptionGroup("Computation", List.of(RunOption.DEVICE, RunOption.PRECISION, RunOption.THREADS, RunOption.SEED)).addTo(spec);
      return spec;
    }
  }

  /**
   * What {@code --json} prints.
   *
   * @param arch the network
   * @param parameters trainable values of both
   * @param macs multiply-accumulates of classifying one image with both
   * @param flopsRatio masked over compact
   * @param inference speeds of classifying
   * @param attackStep speeds of a step of PGD
   * @param maxDifference largest difference of the logits, in units of the largest logit
   * @param batch images per pass
   * @param precision {@code fp32} or {@code bf16}
   * @param threads libtorch's threads
   */
  record Result(
      String arch,
      Sizes parameters,
      Sizes macs,
      double flopsRatio,
      Comparison inference,
      Comparison attackStep,
      double maxDifference,
      int batch,
      String precision,
      int threads) {}

  record Sizes(long masked, long compact) {}

  /** Speeds, their ratio, and what of the FLOPs ratio that is. */
  record Comparison(double maskedImagesPerSecond, double compactImagesPerSecond, double speedUp, double shareOfFlopsRatio) {

    static Comparison of(CompactionBenchmark.Speeds speeds, double flopsRatio) {
      double speedUp = speeds.speedUp();
      return new Comparison(speeds.maskedImagesPerSecond(), speeds.compactImagesPerSecond(), speedUp, speedUp / flopsRatio);
    }
  }

  @Override
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(model.source().isEmpty() ? RunConfig.DEFAULT : model.base()).withEngine(EngineKind.DENSE);
  }

  @Override
  public Integer call() throws IOException {
    boolean fresh = model.source().isEmpty();
    RunConfig config = config();
    DeviceSpec device = DeviceSpec.resolve(config.runtime().device());
    Precision precision = Precision.resolve(config.runtime().precision(), device);
    CompactionBenchmark benchmark = new CompactionBenchmark(device, batch, repetitions);
    Threads.use(config.runtime().threads());
    try (LoadedModel masked = model.load(config, ImageFacts.of(config.data().dataset(), IMAGE_SIZE))) {
      if (fresh) {
        RandomChannels.prune(masked.blueprint(), masked.model(), config.sparsity().density(), config.seed());
      }
      Compaction compaction = Compaction.of(masked.blueprint(), masked.model().parameters(), masked.model().buffers(), align);
      try (Classifier compact =
          new LibtorchClassifier(
              compaction.network(masked.model().parameters(), masked.model().buffers(), device), masked.info().normalization(), precision)) {
        Result result = result(masked, compaction.blueprint(), compact, benchmark, device, precision);
        print(result, () -> text(result));
      }
    }
    return ExitCode.OK;
  }

  private Result result(
      LoadedModel masked, Blueprint blueprint, Classifier compact, CompactionBenchmark benchmark, DeviceSpec device, Precision precision) {
    Sizes macs = new Sizes(InferenceCost.of(masked.blueprint()).macs(), InferenceCost.of(blueprint).macs());
    double flopsRatio = macs.masked() / (double) macs.compact();
    CompactionBenchmark.Result speeds = benchmark.run(masked.model(), compact);
    return new Result(
        blueprint.name(),
        new Sizes(masked.blueprint().parameterCount(), blueprint.parameterCount()),
        macs,
        flopsRatio,
        Comparison.of(speeds.inference(), flopsRatio),
        Comparison.of(speeds.attackStep(), flopsRatio),
        OutputDifference.of(masked.model(), compact, device, 2),
        batch,
        precision.name().toLowerCase(Locale.ROOT),
        Threads.count());
  }

  private static String text(Result result) {
    TextTable table = new TextTable().left("").right("masked").right("compact").right("ratio").right("of the FLOPs ratio");
    table.row("parameters", size(result.parameters().masked()), size(result.parameters().compact()), "", "");
    table.row("MACs", size(result.macs().masked()), size(result.macs().compact()), Texts.format("%.2f", result.flopsRatio()), "");
    row(table, "inference, images/s", result.inference());
    row(table, "attack step, images/s", result.attackStep());
    String verdict = result.flopsRatio() == 1 ? Texts.format("%nEvery channel contributes: there is nothing to remove.") : "";
    return Texts.format(
        "%s, batch %d, %s, %d threads; outputs differ by %.1e of the largest logit%n%s%s",
        result.arch(), result.batch(), result.precision(), result.threads(), result.maxDifference(), table, verdict);
  }

  private static void row(TextTable table, String name, Comparison speeds) {
    table.row(
        name,
        Texts.format("%.1f", speeds.maskedImagesPerSecond()),
        Texts.format("%.1f", speeds.compactImagesPerSecond()),
        Texts.format("%.2f", speeds.speedUp()),
        Texts.percent(speeds.shareOfFlopsRatio()));
  }

  private static String size(long count) {
    return Texts.format("%,d", count);
  }
}
