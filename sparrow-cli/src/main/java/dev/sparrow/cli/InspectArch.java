package dev.sparrow.cli;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.RunConfig;
import dev.sparrow.units.Shape;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists a network's parameters. */
@Command(
    name = "arch",
    modelTransformer = InspectArch.Options.class,
    description = "Lists the parameters of a network, named as in the reference's state_dict.",
    footerHeading = "%nExamples:%n",
    footer = {"  sparrow inspect arch --arch resnet18 --width 16", "  sparrow inspect arch --arch wideresnet --depth-factor 28 --num-classes 100 --json"})
final class InspectArch implements Callable<Integer> {

  @Mixin private ShapeOptions shapes;

  @Mixin private OutputOptions output;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.NETWORK_GROUP.addTo(spec);
      new OptionGroup("Sparsity", List.of(RunOption.DENSITY)).addTo(spec);
      return spec;
    }
  }

  record Layer(String name, Shape shape) {}

  record Result(String arch, long parameters, long prunable, List<Layer> layers) {}

  @Override
  public Integer call() {
    RunConfig config = RunOptions.of(spec.commandLine().getParseResult()).resolve(Optional.empty(), List.of());
    Blueprint network = Blueprints.create(config.network(), shapes.numClasses(), shapes.imageSize(), config.sparsity().density());
    List<Layer> layers = network.parameters().entrySet().stream().map(entry -> new Layer(entry.getKey(), entry.getValue())).toList();
    Result result = new Result(network.name(), network.parameterCount(), network.prunableCount(), layers);
    output.print(spec.commandLine().getOut(), result, () -> text(result));
    return ExitCode.OK;
  }

  private static String text(Result result) {
    Columns table = new Columns("parameter", "shape", "values");
    result.layers().forEach(layer -> table.row(layer.name(), layer.shape(), layer.shape().size()));
    return "%s%n%n%s: %,d parameters, %,d of them prunable".formatted(table, result.arch(), result.parameters(), result.prunable());
  }
}
