package dev.sparrow.sparse;

import org.apiguardian.api.API;

/**
 * Activates the weights with the largest gradient magnitude: those whose first step lowers the loss most.
 *
 * <p>Source: Evci et al., "Rigging the Lottery" (2020), and what the text of "Sparsity Winning Twice" is understood to say.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class GradientGrowth implements GrowthRule {

  @Override
  public int grow(GrowthSite site, int count) {
    site.activateLargest(site.gradient().get(), 0, site.active().length, count);
    return count;
  }
}
