package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Attacks;
import dev.sparrow.config.AttackConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Attacks by the names that {@code --attack} takes. */
final class AttackNames {

  /** For help texts. */
  static final String KNOWN = "fgsm, pgd (with --test-attack-steps steps), pgd-K (with K steps)";

  private static final Pattern PGD = Pattern.compile("pgd-([1-9]\\d{0,5})");

  private AttackNames() {}

  /**
   * Finds an attack.
   *
   * @param name its name
   * @param config norm, radius, step, number of steps and start
   * @return the attack
   * @throws BadInput if there is none of that name
   */
  static Attack attack(String name, AttackConfig config) {
    if (name.equals("fgsm")) {
      return Attacks.fgsm(config);
    }
    if (name.equals("pgd")) {
      return Attacks.pgd(config);
    }
    Matcher matcher = PGD.matcher(name);
    if (!matcher.matches()) {
      throw BadInput.usage("--attack", "one of " + KNOWN, "'" + name + "'");
    }
    int steps = Integer.parseInt(matcher.group(1));
    return Attacks.pgd(new AttackConfig(config.norm(), config.eps(), config.stepSize(), steps, config.randomStart()));
  }
}
