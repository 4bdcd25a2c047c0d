package dev.sparrow.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.report.EpochRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The JSON beside a checkpoint's tensors.
 *
 * @param format version of the format, {@link #FORMAT} when written
 * @param configHash hash of the run's configuration across engines; a resumed run must have the same
 * @param model how to rebuild the network
 * @param progress where the run stands
 * @param sparsity the sparsity method's counters and signals
 * @param history the finished epochs
 * @param tensorsSha256 checksum of {@code tensors.safetensors}
 * @param versions of what wrote it, sorted by name
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Manifest(
    int format,
    String configHash,
    ModelInfo model,
    Progress progress,
    JsonNode sparsity,
    List<EpochRecord> history,
    String tensorsSha256,
    Map<String, String> versions) {

  /** The format this version writes and reads. */
  public static final int FORMAT = 1;

  /** Copies the collections. */
  public Manifest {
    history = List.copyOf(history);
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }
}
