package dev.sparrow.model;

/** Which vector-Jacobian products a forward pass will be asked for, so that the engine records no more than it needs. */
public enum Recording {
  /** None: the logits alone. */
  NONE,
  /** The input gradient: attacks. Parameters count as constants. */
  INPUT,
  /** The parameter gradients: a training step. Images count as constants. */
  PARAMETERS
}
