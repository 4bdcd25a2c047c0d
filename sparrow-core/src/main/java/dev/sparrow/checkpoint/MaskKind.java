package dev.sparrow.checkpoint;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** Who wrote the masks of a PyTorch checkpoint. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum MaskKind implements Labelled {
  /** The reference: under {@code mask_info}, beside weights that they were applied to. */
  REFERENCE("mask_info"),
  /** PyTorch's pruning: under {@code _mask}, beside {@code _orig}, which keeps the values that were pruned. */
  PRUNE("torch.nn.utils.prune");

  private final String label;

  MaskKind(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }
}
