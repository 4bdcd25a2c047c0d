package dev.sparrow.attack;

import dev.sparrow.BadInput;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.config.AttackMode;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Mode;
import dev.sparrow.units.Norm;
import org.apiguardian.api.API;

/** Attacks on the cross-entropy, and the mode to run them in, from a configuration. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Attacks {

  private Attacks() {}

  /**
   * PGD as configured.
   *
   * @param config norm, radius, step, number of steps and start
   * @return the attack
   */
  public static Attack pgd(AttackConfig config) {
    return new Pgd(threatModel(config), config.stepSize(), config.steps(), config.randomStart(), CrossEntropy.INSTANCE);
  }

  /**
   * FGSM in the norm and with the radius of a PGD attack.
   *
   * @param config norm and radius; the rest plays no part
   * @return the attack
   */
  public static Attack fgsm(AttackConfig config) {
    return new Fgsm(threatModel(config), CrossEntropy.INSTANCE);
  }

  /**
   * The attack of Carlini and Wagner: in l-infinity with the steps of a PGD attack, in l2 with 50 iterations of its own kind.
   *
   * @param config norm and radius; step, number of steps and start in l-infinity alone
   * @return the attack
   */
  public static Attack carliniWagner(AttackConfig config) {
    return switch (config.norm()) {
      case LINF -> new CarliniWagnerLinf(config.eps(), config.stepSize(), config.steps(), config.randomStart());
      case L2 -> new CarliniWagnerL2(config.eps(), CarliniWagnerL2.STANDARD_ITERATIONS);
    };
  }

  /**
   * The attack of "fast" adversarial training in the norm and with the radius of a PGD attack.
   *
   * @param config norm and radius; the rest plays no part
   * @return the attack
   */
  public static Attack fast(AttackConfig config) {
    return new FastFgsm(threatModel(config), CrossEntropy.INSTANCE);
  }

  /**
   * N-FGSM with the radius of a PGD attack.
   *
   * @param config radius; the norm must be l-infinity, the rest plays no part
   * @return the attack
   * @throws BadInput if the norm is another
   */
  public static Attack nFgsm(AttackConfig config) {
    if (config.norm() != Norm.LINF) {
      throw BadInput.usage("--norm", "linf with --objective n-fgsm", config.norm().label());
    }
    return new NFgsm(config.eps(), CrossEntropy.INSTANCE);
  }

  /**
   * The network's mode during a training attack.
   *
   * @param mode the configured one
   * @return the engine's word for it
   */
  public static Mode mode(AttackMode mode) {
    return switch (mode) {
      case TRAIN -> Mode.TRAIN;
      case EVAL -> Mode.EVAL;
      case TRAIN_FROZEN -> Mode.TRAIN_FROZEN;
    };
  }

  private static ThreatModel threatModel(AttackConfig config) {
    return new ThreatModel(config.norm(), config.eps());
  }
}
