package dev.sparrow.train;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.config.Method;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.TicketKind;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.mask.LayerCollapse;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.report.RunFolder;
import dev.sparrow.units.Density;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A ticket that exists already. It is copied into the run folder, so that the run can go on when the original is gone.
 *
 * @param config the run
 * @param folder the ticket's folder
 */
record StoredTicket(RunConfig config, Path folder) implements TicketSource {

  @Override
  public void check(ModelInfo model) {
    try (Ticket ticket = Ticket.open(folder)) {
      ticket.checkModel(model);
      Density density = ticket.manifest().density();
      if (!density.equals(config.sparsity().density())) {
        throw BadInput.usage("--density", density.value() + ", the ticket's", config.sparsity().density().value()).at(folder);
      }
      if (ticket.manifest().kind() == TicketKind.CHANNEL && config.method() != Method.STATIC) {
        // what moves single weights would activate some of those of a channel that is gone
        throw BadInput.usage("--method", "static for a ticket of channels", config.method().label()).at(folder);
      }
      checkLayers(ticket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkLayers(Ticket ticket) throws IOException {
    try (LoadedModel loaded = LoadedModel.fromTicket(folder, EngineChoice.EXACT);
        MaskSet masks = ticket.readMasks(loaded.model().parameters())) {
      new LayerCollapse(config.prune().allowCollapse()).check(masks, "ticket " + folder);
    }
  }

  @Override
  public void obtain(ModelInfo model, RunFolder run) {
    RunArtifacts.toDisk("ticket", run.ticket(), () -> Ticket.copy(folder, run.ticket()));
  }
}
