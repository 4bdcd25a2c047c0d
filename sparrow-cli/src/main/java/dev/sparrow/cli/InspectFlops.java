package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.LayerCost;
import dev.sparrow.arch.TrainingFlops;
import dev.sparrow.arch.TrainingUnits;
import dev.sparrow.config.Arch;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.TextTable;
import dev.sparrow.units.Density;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Counts the operations of classifying and of training. */
@Command(
    name = "flops",
    modelTransformer = InspectFlops.Options.class,
    description = "Counts the operations of classifying an image and of a training, dense and at a density that stays as it is.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow inspect flops --arch resnet18 --density 0.2",
      "  sparrow inspect flops --arch resnet18 --density 1 --epochs 200 --train-images 45000 --json"
    })
final class InspectFlops extends ResultCommand implements Configured {

  @Option(
      names = "--train-images",
      paramLabel = "N",
      defaultValue = "45000",
      description = "Training images per epoch (images, at least 1; default: ${DEFAULT-VALUE}, CIFAR's)")
  private long trainImages;

  @Mixin private NetworkOptions network;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      new NetworkOptions.NetworkAndQuotas().transform(spec);
      new OptionGroup("Training", List.of(RunOption.EPOCHS, RunOption.OBJECTIVE, RunOption.TRAIN_ATTACK_STEPS)).addTo(spec);
      return spec;
    }
  }

  /**
   * What {@code --json} prints.
   *
   * @param arch the network
   * @param macs multiply-accumulates of a dense forward pass of one image; of SmallDense, of the ResNet-18 that it stands in for
   * @param activeMacs of the sparse one
   * @param inferenceFlops floating-point operations of both, two per multiply-accumulate
   * @param trainingFlops of the whole training, counted three ways
   * @param layers the layers that count
   */
  record Result(String arch, long macs, double activeMacs, Inference inferenceFlops, TrainingFlops trainingFlops, List<Layer> layers) {}

  record Inference(double dense, double sparse) {}

  record Layer(String name, long macs, double density) {}

  @Override
  public RunConfig config() {
    return network.config(parsed());
  }

  @Override
  public Integer call() {
    if (trainImages < 1) {
      throw BadInput.usage("--train-images", "a whole number of at least 1", trainImages);
    }
    RunConfig config = config();
    Result result = count(config, network.blueprint(config), network.fullBlueprint(config));
    print(result, () -> text(result));
    return ExitCode.OK;
  }

  private Result count(RunConfig config, Blueprint blueprint, Blueprint full) {
    Map<String, Double> densities = densities(config, blueprint);
    InferenceCost cost = InferenceCost.of(blueprint);
    long macs = InferenceCost.of(full).macs();
    double active = cost.activeMacs(densities);
    TrainingUnits units = TrainingUnits.of(config.objective(), config.trainAttack().steps());
    long images = Math.multiplyExact(trainImages, config.epochs());
    TrainingFlops training = TrainingFlops.of(units, images, macs, active, images * active);
    Inference inference = new Inference((double) InferenceCost.FLOPS_PER_MAC * macs, InferenceCost.FLOPS_PER_MAC * active);
    List<Layer> layers = cost.layers().stream().map(layer -> layer(layer, densities)).toList();
    return new Result(blueprint.name(), macs, active, inference, training, layers);
  }

  /** SmallDense spends its density on its widths. */
  private static Map<String, Double> densities(RunConfig config, Blueprint blueprint) {
    if (config.network().arch() == Arch.SMALLDENSE) {
      return Map.of();
    }
    return blueprint.allocation(config.sparsity().init()).allocate(blueprint.prunable(), config.sparsity().density()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
  }

  private static Layer layer(LayerCost cost, Map<String, Double> densities) {
    return new Layer(cost.name(), cost.macs(), densities.getOrDefault(cost.name(), Density.DENSE.value()));
  }

  private static String text(Result result) {
    TextTable layers = new TextTable().left("layer").right("MACs").right("density");
    result.layers().forEach(layer -> layers.row(layer.name(), Texts.format("%,d", layer.macs()), Texts.format("%.4f", layer.density())));
    TextTable sums = new TextTable().left("FLOPs").right("dense").right("sparse");
    sums.row("one image", scientific(result.inferenceFlops().dense()), scientific(result.inferenceFlops().sparse()));
    sums.row("training, the paper's count", scientific(result.trainingFlops().dense()), scientific(result.trainingFlops().paper()));
    sums.row("training, as Sparrow computes", "", scientific(result.trainingFlops().honest()));
    return layers + System.lineSeparator() + sums;
  }

  private static String scientific(double flops) {
    return Texts.format("%.4g", flops);
  }
}
