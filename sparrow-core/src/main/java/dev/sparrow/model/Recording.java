package dev.sparrow.model;

import org.apiguardian.api.API;

/** Which vector-Jacobian products a forward pass will be asked for, so that the engine records no more than it needs. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Recording {
  /** None: the logits alone. */
  NONE,
  /** The input gradient: attacks. Parameters count as constants. */
  INPUT,
  /** The parameter gradients, dense: a training step whose gradients decide where weights grow. Images count as constants. */
  PARAMETERS,
  /**
   * The parameter gradients where weights are active, as {@link Classifier#restrictTo} says: every other training step. What the gradient is
   * elsewhere is up to the engine, zero or the true one.
   */
  ACTIVE_PARAMETERS;

  /**
   * Whether the parameter gradients may be asked for.
   *
   * @return true for both kinds
   */
  public boolean ofParameters() {
    return this == PARAMETERS || this == ACTIVE_PARAMETERS;
  }
}
