package dev.sparrow.eval;

import org.apiguardian.api.API;

/**
 * How an attack of a cascade went, perhaps so far.
 *
 * @param name the attack's name, for example {@code apgd-ce}
 * @param attacked images that it was tried on: those that stood before it
 * @param broken images of them that it broke, verified
 * @param unverified images that it gave for broken and that were not
 * @param robustAccuracy fraction of all images that stands after it and all before it, in [0, 1]
 * @param maxPerturbation largest distance of any image that it gave from the clean one, in its norm and pixel units; a search that found
 *     nothing gives the clean one
 * @param seconds wall-clock time
 * @param forwards images that went forward through the network for it
 * @param gradients images whose gradient it took
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record AttackReport(
    String name,
    int attacked,
    int broken,
    int unverified,
    double robustAccuracy,
    double maxPerturbation,
    double seconds,
    long forwards,
    long gradients) {

  /** An attack that has not begun. */
  static AttackReport start(String name, double robustAccuracy) {
    return new AttackReport(name, 0, 0, 0, robustAccuracy, 0, 0, 0, 0);
  }
}
