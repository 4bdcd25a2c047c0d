package dev.sparrow.attack;

import org.apiguardian.api.API;

/**
 * An attack gave images that must not be used: not finite, or outside its own threat model. When they are not finite the network has
 * usually diverged, which {@link #isDivergence()} tells from an attack that breaks its contract.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class AttackFailure extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final boolean divergence;

  private AttackFailure(String message, boolean divergence) {
    super(message);
    this.divergence = divergence;
  }

  static AttackFailure contract(String what, Object expected, Object got, Attack attack) {
    return new AttackFailure(what + ": expected " + expected + ", got " + got + " (attack " + attack.name() + ")", false);
  }

  /**
   * The network's numbers are no numbers.
   *
   * @param what which of them, for example {@code "logits"}
   * @param attack who met them
   * @return the exception, to be thrown
   */
  public static AttackFailure notFinite(String what, Attack attack) {
    return new AttackFailure(what + ": expected finite numbers, got NaN or infinity (attack " + attack.name() + ")", true);
  }

  /**
   * Whether logits or gradients of the network are not finite, as after a training that diverged.
   *
   * @return false if the attack left its threat model
   */
  public boolean isDivergence() {
    return divergence;
  }
}
