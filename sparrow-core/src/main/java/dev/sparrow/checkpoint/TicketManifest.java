package dev.sparrow.checkpoint;

import dev.sparrow.config.TicketKind;
import dev.sparrow.units.Density;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * {@code ticket.json}, the JSON beside a ticket's tensors.
 *
 * @param format version of the format, {@link #FORMAT} when written
 * @param kind what the ticket is made of
 * @param density what was asked for
 * @param reachedDensity active fraction of the prunable weights
 * @param layers the same of every masked layer, in parameter order
 * @param origin where it came from
 * @param model how to rebuild the network
 * @param tensorsSha256 checksum of {@code tensors.safetensors}
 * @param versions of what wrote it, sorted by name
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record TicketManifest(
    int format,
    TicketKind kind,
    Density density,
    double reachedDensity,
    Map<String, Double> layers,
    TicketOrigin origin,
    ModelInfo model,
    String tensorsSha256,
    Map<String, String> versions) {

  /** The format this version writes and reads. */
  public static final int FORMAT = 1;

  /** Copies the maps. */
  public TicketManifest {
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }
}
