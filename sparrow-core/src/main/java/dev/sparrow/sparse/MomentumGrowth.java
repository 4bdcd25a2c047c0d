package dev.sparrow.sparse;

import org.apiguardian.api.API;

/**
 * Activates the weights with the largest momentum magnitude.
 *
 * <p>Momentum is masked after every step, so at a weight that was inactive it is one gradient, and at one just dropped it is a sum of many:
 * this rule favours the return of weights that were moving.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class MomentumGrowth implements GrowthRule {

  @Override
  public int grow(GrowthSite site, int count) {
    site.activateLargest(site.momentum().get(), 0, site.active().length, count);
    return count;
  }
}
