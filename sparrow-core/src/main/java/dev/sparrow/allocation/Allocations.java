package dev.sparrow.allocation;

import java.util.Map;
import org.apiguardian.api.API;

/** The allocations by name. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Allocations {

  private Allocations() {}

  /**
   * The allocation of a kind.
   *
   * @param kind its name
   * @param uses how many pixels a weight of each layer of the network meets, by parameter name; {@link AllocationKind#TIME_AWARE} alone looks
   *     at them
   * @return the allocation, stateless
   */
  public static Allocation of(AllocationKind kind, Map<String, Double> uses) {
    return switch (kind) {
      case IGQ -> new IdealGasQuota();
      case ERK -> new ErdosRenyiKernel();
      case ER -> new ErdosRenyi();
      case UNIFORM -> new Uniform();
      case TIME_AWARE -> new TimeAwareQuota(uses);
    };
  }
}
