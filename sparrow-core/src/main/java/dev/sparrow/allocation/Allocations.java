package dev.sparrow.allocation;

/** The allocations by name. */
public final class Allocations {

  private Allocations() {}

  /**
   * The allocation of a kind.
   *
   * @param kind its name
   * @return the allocation, stateless
   */
  public static Allocation of(AllocationKind kind) {
    return switch (kind) {
      case IGQ -> new IdealGasQuota();
      case ERK -> new ErdosRenyiKernel();
      case ER -> new ErdosRenyi();
      case UNIFORM -> new Uniform();
    };
  }
}
