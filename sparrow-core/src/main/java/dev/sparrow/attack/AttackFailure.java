package dev.sparrow.attack;

/** An attack broke its contract: its images are not finite, or outside its own threat model. Its numbers must not be used. */
public final class AttackFailure extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  AttackFailure(String what, Object expected, Object got, Attack attack) {
    super(what + ": expected " + expected + ", got " + got + " (attack " + attack.name() + ")");
  }
}
