package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.RandomWeights;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.WeightsFile;
import dev.sparrow.config.Arch;
import dev.sparrow.config.PrecisionChoice;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.inference.InferenceBenchmark;
import dev.sparrow.inference.InferenceEngine;
import dev.sparrow.units.Labelled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Times classification with the sparse engine against dense ones. */
@Command(
    name = "inference",
    modelTransformer = BenchInference.Options.class,
    description = {
      "Times classification of random images with the sparse engine, and of the same images with dense engines in turn. Prints medians.",
      "Without --weights it draws a sparse network as if trained. Logits are compared. With --against none no libtorch is needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow bench inference --density 0.1 --init uniform --batch 32 --threads 2",
      "  sparrow bench inference --weights first.safetensors --against onnxruntime --json",
      "  sparrow bench inference --arch vgg16 --density 0.05 --precision fp32 --against none"
    })
final class BenchInference extends ResultCommand implements Configured {

  private static final String NONE = "none";

  /** What a file of weights says itself. */
  private static final Set<String> DESCRIBED =
      Set.of("--arch", "--width", "--depth-factor", "--width-factor", "--num-classes", "--image-size", "--density", "--init");

  @Mixin private NetworkOptions network;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights of an export, which describes its network (a file; default: none, drawn at random)")
  private Optional<Path> weights = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images per pass (images, at least 1; default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "11",
      description = "Passes that count (passes, at least 1; default: ${DEFAULT-VALUE})")
  private int repetitions;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "3",
      description = "How long each engine classifies before that (seconds, at least 0; default: ${DEFAULT-VALUE})")
  private double warmUp;

  @Option(
      names = "--against",
      paramLabel = "ENGINE",
      split = ",",
      defaultValue = "onnxruntime,dense-bf16,dense-fp32",
      description =
          "What it is compared with (of sparse-bf16, sparse-fp32, onnxruntime, dense-bf16, dense-fp32, comma-separated, or none; default: "
              + "${DEFAULT-VALUE})")
  private List<String> against;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.NETWORK_GROUP.addTo(spec);
      new OptionGroup("Sparsity", List.of(RunOption.DENSITY, RunOption.INIT)).addTo(spec);
      new OptionGroup("Computation", List.of(RunOption.PRECISION, RunOption.THREADS, RunOption.SEED)).addTo(spec);
      return spec;
    }
  }

  /** A network and what is done to its images first. */
  private record Subject(Weights weights, Normalization normalization) {}

  @Override
  public RunConfig config() {
    return network.config(parsed());
  }

  @Override
  public Integer call() throws IOException {
    InferenceBenchmark benchmark = new InferenceBenchmark(batch, repetitions, warmUp);
    RunConfig config = config();
    boolean exact = config.runtime().precision() == PrecisionChoice.FP32;
    List<Competitor> competitors = competitors(exact ? Competitor.SPARSE_FP32 : Competitor.SPARSE_BF16);
    int threads = config.runtime().threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.runtime().threads();
    InferenceReport report = run(benchmark, competitors, weights.isPresent() ? stored(weights.get()) : drawn(config), threads);
    print(report, report::text);
    return ExitCode.OK;
  }

  /** The engine in question, then the others. */
  private List<Competitor> competitors(Competitor subject) {
    Stream<String> names = against.equals(List.of(NONE)) ? Stream.of() : against.stream();
    return Stream.concat(Stream.of(subject), names.map(name -> Labelled.parse(Competitor.class, "--against", name))).distinct().toList();
  }

  private Subject stored(Path file) throws IOException {
    Optional<String> more = parsed().matchedOptions().stream().map(option -> option.longestName()).filter(DESCRIBED::contains).findFirst();
    if (more.isPresent()) {
      throw BadInput.usage("--weights", "no " + more.get() + " beside it, as the file describes its network", more.get());
    }
    try (WeightsFile stored = WeightsFile.open(file)) {
      return new Subject(stored.read(), stored.info().normalization());
    }
  }

  /** A small network instead of a sparse one is dense. */
  private Subject drawn(RunConfig config) {
    Blueprint blueprint = network.blueprint(config);
    boolean small = config.network().arch() == Arch.SMALLDENSE;
    Weights drawn =
        RandomWeights.draw(
            blueprint,
            small ? Map.of() : blueprint.allocation(config.sparsity().init()).allocate(blueprint.prunable(), config.sparsity().density()),
            config.seed());
    return new Subject(drawn, Normalization.CIFAR10);
  }

  private InferenceReport run(InferenceBenchmark benchmark, List<Competitor> competitors, Subject subject, int threads) {
    Map<Competitor, InferenceEngine> engines = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    try {
      for (Competitor competitor : competitors) {
        try {
          engines.put(competitor, competitor.open(subject.weights(), subject.normalization(), threads));
        } catch (LinkageError e) {
          missing.put(competitor.label(), e.toString());
          err().println(competitor.label() + " is left out: its library is missing or has no build for this platform (" + e + ")");
        }
      }
      List<InferenceBenchmark.Timing> timings =
          benchmark.run(new ArrayList<>(engines.values()), subject.weights().blueprint().input().dim(1));
      return InferenceReport.of(benchmark, subject.weights(), threads, engines, timings, missing);
    } finally {
      engines.values().forEach(InferenceEngine::close);
    }
  }
}
