package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.checkpoint.TicketContent;
import dev.sparrow.checkpoint.TicketOrigin;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.TicketKind;
import dev.sparrow.data.Batches;
import dev.sparrow.data.DataSplits;
import dev.sparrow.data.Datasets;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Makes masks once, without training. */
@Command(
    name = "prune",
    modelTransformer = PruneCommand.Options.class,
    description = {
      "Scores a network's weights once, keeps the best, and writes masks and weights as a ticket that can be trained.",
      "Without a run, a ticket or --weights it is the fresh network that a training of the same options and seed would start with.",
      "For a run folder, options that are not given are those of the run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow prune --arch resnet18 --width 16 --scorer synflow --density 0.1 --out tickets/synflow",
      "  sparrow prune --scorer snip --score-batches 4 --scope layer --init erk --density 0.2 --out tickets/snip --json",
      "  sparrow prune runs/first --checkpoint last --scorer magnitude --density 0.05 --out tickets/smaller"
    })
final class PruneCommand extends ResultCommand implements Configured {

  @Mixin private ModelOptions model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the ticket goes (a new folder; default: none, it must be given)")
  private Path folder;

  /** Adds the options that are part of a run's configuration. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      OptionGroup.SCORER_GROUP.addTo(spec);
      OptionGroup.DATA_GROUP.addTo(spec);
      OptionGroup.NETWORK_GROUP.addTo(spec);
      OptionGroup.PRUNE_RUNTIME_GROUP.addTo(spec);
      return spec;
    }
  }

  @Override
  public RunConfig config() {
    return RunOptions.of(parsed()).resolve(model.source().isPresent() ? model.base() : RunConfig.DEFAULT).withEngine(EngineKind.DENSE);
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(folder)) {
      throw BadInput.data("--out", "a new folder", "one that exists", folder);
    }
    RunConfig config = config();
    DataSplits data =
        Datasets.open(config.data().dataset(), config.data().dir().map(Path::of), config.data().limitTrain(), config.data().limitTest());
    Threads.use(config.runtime().threads());
    try (LoadedModel loaded = model.load(config, ImageFacts.of(data));
        MaskSet masks = masks(config, data, whole(loaded))) {
      Ticket.save(folder, content(config, loaded, masks));
      PruningReport report = PruningReport.of(config.prune(), loaded.blueprint(), masks, folder);
      print(report, () -> report.text(next()));
    }
    return ExitCode.OK;
  }

  /** A ticket names its network by architecture and width, by which a compact export cannot be built. */
  private LoadedModel whole(LoadedModel loaded) {
    ModelInfo info = loaded.info();
    Blueprint named = info.blueprint();
    if (!named.parameters().equals(loaded.blueprint().parameters())) {
      throw BadInput.data("--weights", "a whole network", "a compact one", model.source().orElseThrow());
    }
    return loaded;
  }

  private static MaskSet masks(RunConfig config, DataSplits data, LoadedModel loaded) {
    FirstMasks first = new FirstMasks(config.prune(), loaded.blueprint().allocation(config.sparsity().init()), config.sparsity().density());
    Batches images = Batches.evaluation(data.train(), config.batchSize());
    return first.make(loaded.model(), DeviceSpec.resolve(config.runtime().device()), images, config.seed());
  }

  private TicketContent content(RunConfig config, LoadedModel loaded, MaskSet masks) {
    TicketOrigin origin =
        new TicketOrigin(
            Optional.of(config.prune().scorer()), model.source().map(Path::toString), Optional.of(ConfigHash.of(config)), Optional.empty());
    return new TicketContent(
        TicketKind.UNSTRUCTURED,
        config.sparsity().density(),
        origin,
        loaded.info(),
        loaded.model().parameters(),
        loaded.model().buffers(),
        masks,
        Optional.empty());
  }

  /** The training that starts from the ticket: on the same images, and with the network that the ticket was made of. */
  private String next() {
    List<String> words = new ArrayList<>(List.of("./sparrow", "train", "--method", "static", "--ticket", folder.toString()));
    model.configuration().or(() -> sources().file()).ifPresent(file -> words.addAll(List.of("--config", file.toString())));
    RunOptions.of(parsed()).given().forEach(
        (option, value) -> {
          if (option == RunOption.DENSITY || !OptionGroup.SCORER_GROUP.options().contains(option)) {
            words.addAll(List.of(option.option(), value));
          }
        });
    settings().assigned().configuration().forEach(value -> words.addAll(List.of("--set", value.key() + "=" + value.value().asText())));
    return ShellWords.join(words);
  }
}
