package dev.sparrow.sparse;

import org.apiguardian.api.API;

/**
 * Shares the new weights among the output neurons in proportion to their mean momentum magnitude, and activates within each neuron those
 * with the largest momentum.
 *
 * <p>Source: the growth of the same name in Dettmers and Zettlemoyer's sparse-learning library (2019). Differs from it in that shares
 * rounded down, and shares of neurons without enough inactive weights, are made up by the largest momentum of the whole layer, so that the
 * count is met.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class MomentumNeuronGrowth implements GrowthRule {

  @Override
  public int grow(GrowthSite site, int count) {
    float[] momentum = site.momentum().get();
    int fanIn = momentum.length / site.outputs();
    double[] shares = new double[site.outputs()];
    double total = 0;
    for (int neuron = 0; neuron < shares.length; neuron++) {
      for (int i = neuron * fanIn; i < (neuron + 1) * fanIn; i++) {
        shares[neuron] += Math.abs(momentum[i]);
        total += Math.abs(momentum[i]);
      }
    }
    int left = count;
    for (int neuron = 0; neuron < shares.length && total > 0; neuron++) {
      int from = neuron * fanIn;
      int share = (int) Math.min(shares[neuron] / total * count, site.inactive(from, from + fanIn));
      site.activateLargest(momentum, from, from + fanIn, Math.min(share, left));
      left -= Math.min(share, left);
    }
    site.activateLargest(momentum, 0, momentum.length, left);
    return count;
  }
}
