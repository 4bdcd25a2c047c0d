package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at what attacks achieved, for signs that others would have achieved more. */
final class PostFlight {

  /** What an attack without gradients may add by luck, as a fraction of the images; AutoAttack's. */
  private static final double LARGEST_GAIN = 0.002;

  /** Claims within a rounding of the decision boundary may fail without anything being wrong. */
  private static final double MOST_UNVERIFIED = 0.001;

  private PostFlight() {}

  /**
   * Makes all checks.
   *
   * @param attacks the attacks
   * @param reports of each
   * @param images number of all images
   * @return what was found
   */
  static List<Finding> check(List<Attack> attacks, List<AttackReport> reports, int images) {
    List<Finding> findings = new ArrayList<>();
    boolean whiteBox = false;
    for (int i = 0; i < attacks.size(); i++) {
      AttackReport report = reports.get(i);
      if (whiteBox && !attacks.get(i).usesGradients() && report.broken() > LARGEST_GAIN * images) {
        String detail = "%s broke %d of %d images that attacks with gradients had not";
        findings.add(finding(Flag.BLACK_BOX_BEATS_WHITE_BOX, detail, report.name(), report.broken(), report.attacked()));
      }
      if (report.unverified() > MOST_UNVERIFIED * images) {
        String detail = "%s gave %d images for broken that were not";
        findings.add(finding(Flag.UNVERIFIED_CLAIMS, detail, report.name(), report.unverified()));
      }
      whiteBox |= attacks.get(i).usesGradients();
    }
    return findings;
  }

  private static Finding finding(Flag flag, String pattern, Object... values) {
    return new Finding(flag, String.format(Locale.ROOT, pattern, values));
  }
}
