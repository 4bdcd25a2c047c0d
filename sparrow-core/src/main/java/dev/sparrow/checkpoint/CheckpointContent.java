package dev.sparrow.checkpoint;

import dev.sparrow.report.EpochRecord;
import dev.sparrow.sparse.SparsityState;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.units.Versions;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Everything a checkpoint holds. All tensors are borrowed.
 *
 * @param configHash hash of the run's configuration across engines
 * @param model how to rebuild the network
 * @param progress where the run stands
 * @param history the finished epochs
 * @param parameters the weights
 * @param buffers running statistics
 * @param momentum the optimizer's momentum
 * @param sparsity masks, explored positions, counters and signals
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record CheckpointContent(
    String configHash,
    ModelInfo model,
    Progress progress,
    List<EpochRecord> history,
    NamedTensors parameters,
    NamedTensors buffers,
    NamedTensors momentum,
    SparsityState sparsity) {

  /** The manifest that goes with tensors of a checksum. */
  Manifest manifest(String tensorsSha256) {
    return new Manifest(
        Manifest.FORMAT, configHash, model, progress, sparsity.scalars(), history, tensorsSha256, Versions.current());
  }
}
