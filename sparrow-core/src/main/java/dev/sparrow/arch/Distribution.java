package dev.sparrow.arch;

/** What a parameter's values are drawn from before training. */
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
