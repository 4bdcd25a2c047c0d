package dev.sparrow.sparse;

import java.util.SplittableRandom;
import org.apiguardian.api.API;

/**
 * Activates each inactive weight with the same probability, count / inactive: the count is met on average, as in the reference. Where none
 * would be drawn, the nearest miss is activated, since a layer that lost its last weight could never recover.
 *
 * <p>Source: Mocanu et al. (2018), who draw the exact number; the probability is the reference's.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class RandomGrowth implements GrowthRule {

  @Override
  public boolean readsGradients() {
    return false;
  }

  @Override
  public int grow(GrowthSite site, int count) {
    if (count == 0) {
      return 0;
    }
    boolean[] active = site.active();
    SplittableRandom random = site.random().get();
    double probability = count / (double) site.inactive();
    double smallest = Double.POSITIVE_INFINITY;
    int nearest = 0;
    int grown = 0;
    for (int i = 0; i < active.length; i++) {
      if (!active[i]) {
        double draw = random.nextDouble();
        if (draw < probability) {
          active[i] = true;
          grown++;
        } else if (draw < smallest) {
          smallest = draw;
          nearest = i;
        }
      }
    }
    if (grown == 0) {
      active[nearest] = true;
      grown = 1;
    }
    return grown;
  }
}
