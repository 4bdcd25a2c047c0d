package dev.sparrow.sparse;

import dev.sparrow.config.Growth;
import org.apiguardian.api.API;

/** Chooses which inactive weights of a layer a topology update activates. Stateless; weights dropped by the same update may return. */
@FunctionalInterface
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface GrowthRule {

  /**
   * Activates weights.
   *
   * @param site the layer; its mask is changed
   * @param count how many to activate, from 0 to the number of inactive weights
   * @return how many were activated
   */
  int grow(GrowthSite site, int count);

  /**
   * Whether the rule looks at gradients or momentum, which then have to be dense.
   *
   * @return true unless the rule says otherwise
   */
  default boolean readsGradients() {
    return true;
  }

  /**
   * The rule of a name.
   *
   * @param growth its name
   * @return the rule
   */
  static GrowthRule of(Growth growth) {
    return switch (growth) {
      case GRADIENT -> new GradientGrowth();
      case RANDOM -> new RandomGrowth();
      case MOMENTUM -> new MomentumGrowth();
      case MOMENTUM_NEURON -> new MomentumNeuronGrowth();
    };
  }
}
