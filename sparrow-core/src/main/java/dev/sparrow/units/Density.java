package dev.sparrow.units;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.BadInput;
import org.apiguardian.api.API;

/**
 * The fraction of weights that are active: 1 is a dense network, 0.2 keeps a fifth. Sparsity is one minus the density.
 *
 * @param value in (0, 1]
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Density(@JsonValue double value) {

  /** Every weight active. */
  public static final Density DENSE = new Density(1);

  /** Checks the range. */
  @JsonCreator
  public Density {
    if (!(value > 0 && value <= 1)) {
      throw BadInput.usage("density", "a number in (0, 1]", value);
    }
  }

  /**
   * One minus the density.
   *
   * @return in [0, 1)
   */
  public double sparsity() {
    return 1 - value;
  }

  /**
   * How many of a layer's weights this density keeps: all but {@code int(sparsity * size)}, and never none, since a layer without weights
   * would cut the network in two.
   *
   * @param size number of weights, at least 1
   * @return in [1, size]
   */
  public long activeOf(long size) {
    return Math.max(1, size - (long) (sparsity() * size));
  }
}
