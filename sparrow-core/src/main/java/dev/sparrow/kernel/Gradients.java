package dev.sparrow.kernel;

import org.apiguardian.api.API;

/** Which gradients a forward pass will be asked for, so that it keeps no more values than they need. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Gradients {
  /** None: the logits alone. */
  NONE,
  /** That of the input; parameters count as constants. */
  INPUT,
  /** Those of the parameters; the input counts as a constant. */
  PARAMETERS,
  /** Both: for the rear part of a network whose front part is trained too. */
  BOTH;

  boolean ofInput() {
    return this == INPUT || this == BOTH;
  }

  boolean ofParameters() {
    return this == PARAMETERS || this == BOTH;
  }
}
