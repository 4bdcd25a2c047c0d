package dev.sparrow.arch;

import org.apiguardian.api.API;

/** What a parameter's values are drawn from before training. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public sealed interface Distribution {

  /**
   * The same value everywhere.
   *
   * @param value the value
   */
  record Constant(double value) implements Distribution {}

  /**
   * Uniform around zero.
   *
   * @param bound largest magnitude
   */
  record Uniform(double bound) implements Distribution {}

  /**
   * Normal around zero.
   *
   * @param deviation standard deviation
   */
  record Normal(double deviation) implements Distribution {}
}
