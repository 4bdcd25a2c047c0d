package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.MaskOverlap;
import dev.sparrow.analysis.MaskSimilarity;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the masks of networks. */
@Command(
    name = "masks",
    description = {
      "Compares which weights are active in networks of one shape: of different methods, or of one run at different times.",
      "Each pair is compared with random masks of the same densities."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparrow analyze masks runs/first runs/rb tickets/snip",
      "  sparrow analyze masks runs/first/checkpoints/best-robust runs/first/checkpoints/last --out analysis/over-time --json"
    })
final class AnalyzeMasks extends AnalysisCommand {

  @Parameters(arity = "2..*", paramLabel = "NETWORK", description = "Run folders, tickets, or folders of single checkpoints of a run")
  private List<Path> networks = List.of();

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "best-robust",
      description = "Which checkpoint of the run folders (one of best-robust, best-clean, last; default: ${DEFAULT-VALUE})")
  private String checkpoint;

  @Override
  public Integer call() throws IOException {
    Map<String, StoredNetwork> found = new LinkedHashMap<>();
    for (Path network : networks) {
      if (found.put(network.toString(), StoredNetwork.find(network, checkpoint)) != null) {
        throw BadInput.usage("NETWORK", "different networks", network + " twice");
      }
    }
    MaskSimilarity similarity = compare(found);
    finish(Optional.empty(), similarity, similarity::draw, () -> text(similarity));
    return ExitCode.OK;
  }

  private static MaskSimilarity compare(Map<String, StoredNetwork> networks) throws IOException {
    EngineChoice engine = EngineChoice.exact(RunConfig.DEFAULT.runtime());
    Map<String, MaskSet> masks = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, StoredNetwork> network : networks.entrySet()) {
        masks.put(network.getKey(), network.getValue().masks(engine));
      }
      return MaskSimilarity.of(masks);
    } finally {
      masks.values().forEach(MaskSet::close);
    }
  }

  private static String text(MaskSimilarity similarity) {
    TextTable table = new TextTable().left("network").left("and").right("Jaccard").right("at random");
    table.right("overlap").right("distance").right("at random");
    for (MaskSimilarity.Pair pair : similarity.pairs()) {
      MaskOverlap all = pair.all();
      table.row(
          similarity.networks().get(pair.first()).name(),
          similarity.networks().get(pair.second()).name(),
          Texts.format("%.4f", all.jaccard()),
          Texts.format("%.4f", all.expectedJaccard()),
          Texts.format("%.4f", all.overlap()),
          Texts.format("%.4f", all.distance()),
          Texts.format("%.4f", all.expectedDistance()));
    }
    return table.toString();
  }
}
