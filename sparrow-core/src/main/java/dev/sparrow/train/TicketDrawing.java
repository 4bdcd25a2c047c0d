package dev.sparrow.train;

import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.checkpoint.TicketContent;
import dev.sparrow.checkpoint.TicketManifest;
import dev.sparrow.checkpoint.TicketOrigin;
import dev.sparrow.checkpoint.TicketSearch;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.config.TicketKind;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Draws the ticket of a Robust Bird run from the weights of a network.
 *
 * @param config the run
 * @param run its folder
 */
record TicketDrawing(RunConfig config, RunFolder run) {

  /**
   * Draws the ticket and saves it.
   *
   * @param network whose weights decide
   * @param source where they are from
   * @param search how they were found, where that is known
   * @param rewound a checkpoint whose weights the ticket takes, instead of those that decide
   * @return what was saved
   */
  TicketManifest draw(LoadedModel network, String source, Optional<TicketSearch> search, Optional<Path> rewound) throws IOException {
    try (MaskSet masks = new TicketMasks(config).of(network)) {
      if (rewound.isPresent()) {
        try (Checkpoint checkpoint = Checkpoint.open(rewound.get())) {
          checkpoint.loadNetwork(network.model().parameters(), network.model().buffers());
        }
      }
      TicketOrigin origin = new TicketOrigin(scorer(), Optional.of(source), Optional.of(ConfigHash.of(config)), search);
      TicketContent content =
          new TicketContent(
              config.earlyBird().pruning(),
              config.sparsity().density(),
              origin,
              network.info(),
              network.model().parameters(),
              network.model().buffers(),
              masks,
              search.map(found -> run.stageOne().distances()));
      RunArtifacts.toDisk("ticket", run.ticket(), () -> Ticket.save(run.ticket(), content));
    }
    try (Ticket ticket = Ticket.open(run.ticket())) {
      return ticket.manifest();
    }
  }

  private Optional<ScorerKind> scorer() {
    return config.earlyBird().pruning() == TicketKind.CHANNEL ? Optional.empty() : Optional.of(ScorerKind.MAGNITUDE);
  }
}
