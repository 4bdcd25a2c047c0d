package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.MaskSource;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.checkpoint.TicketContent;
import dev.sparrow.checkpoint.TicketOrigin;
import dev.sparrow.checkpoint.WeightsFile;
import dev.sparrow.config.TicketKind;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Density;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;

/** Weights from elsewhere as a ticket. */
final class ImportedTicket {

  private ImportedTicket() {}

  /**
   * The masks of a file: active weights stay active, whatever their value. Without masks the nonzero weights are active. To be closed by
   * the caller.
   */
  static MaskSet masks(WeightsFile weights, LoadedModel loaded) throws IOException {
    NamedTensors parameters = loaded.model().parameters();
    MaskSource source = weights.masks();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (String name : weights.blueprint().prunable().keySet()) {
      try (TensorScope scope = TensorScope.open()) {
        if (source.masked().isEmpty()) {
          masks.put(name, Mask.copyOf(parameters.get(name).ne(new Scalar(0))));
        } else if (source.masked().contains(name)) {
          masks.put(name, Mask.of(source.mask(name), parameters.get(name)));
        }
      }
    }
    return new MaskSet(masks);
  }

  /** Writes the ticket, of which a training can go on. */
  static void save(Path folder, Path file, LoadedModel loaded, MaskSet masks) throws IOException {
    if (!loaded.info().blueprint().parameters().equals(loaded.blueprint().parameters())) {
      throw BadInput.data("weights", "a whole network for a ticket, which names it by architecture and width", "a compact one", file);
    }
    if (masks.active() == 0) {
      throw BadInput.data("weights", "at least one active weight", "none", file);
    }
    TicketOrigin origin = new TicketOrigin(Optional.empty(), Optional.of(file.toString()), Optional.empty(), Optional.empty());
    Ticket.save(
        folder,
        new TicketContent(
            TicketKind.UNSTRUCTURED,
            new Density(masks.density()),
            origin,
            loaded.info(),
            loaded.model().parameters(),
            loaded.model().buffers(),
            masks,
            Optional.empty()));
  }
}
