package dev.sparrow.eval;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What a cascade measured.
 *
 * @param outcomes which attack broke which image
 * @param attacks how each attack went, in order
 * @param findings reasons to doubt the numbers
 * @param seconds wall-clock time, that of interrupted parts included
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record CascadeResult(Outcomes outcomes, List<AttackReport> attacks, List<Finding> findings, double seconds) {

  /** Copies the lists. */
  public CascadeResult {
    attacks = List.copyOf(attacks);
    findings = List.copyOf(findings);
  }

  /**
   * The fraction that is classified correctly without an attack.
   *
   * @return in [0, 1]
   */
  public double cleanAccuracy() {
    return outcomes.accuracy(0);
  }

  /**
   * The fraction that stands after all attacks.
   *
   * @return in [0, 1]; the clean accuracy if there was no attack
   */
  public double robustAccuracy() {
    return outcomes.accuracy(attacks.size());
  }

  /**
   * The largest perturbation of any attack.
   *
   * @return in pixel units of the attacks' norms; 0 if there was no attack
   */
  public double maxPerturbation() {
    return attacks.stream().mapToDouble(AttackReport::maxPerturbation).max().orElse(0);
  }

  /**
   * The codes of the flags.
   *
   * @return each once, in the order in which they were raised
   */
  public List<Flag> flags() {
    return findings.stream().map(Finding::flag).distinct().toList();
  }
}
