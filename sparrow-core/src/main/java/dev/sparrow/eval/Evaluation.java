package dev.sparrow.eval;

import java.util.BitSet;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What an evaluation measured.
 *
 * @param images number of images
 * @param cleanAccuracy fraction classified correctly without an attack, in [0, 1]
 * @param attacks the attacks, in the order they ran
 * @param correct images classified correctly without an attack
 * @param standing per attack, in the same order: images classified correctly before and after it
 * @param seconds wall-clock time
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Evaluation(
    int images, double cleanAccuracy, List<AttackAccuracy> attacks, BitSet correct, List<BitSet> standing, double seconds) {

  /** Copies the lists. */
  public Evaluation {
    attacks = List.copyOf(attacks);
    standing = List.copyOf(standing);
  }

  /**
   * The accuracy that no attack took away: an image counts if it stands after every one of them.
   *
   * @return in [0, 1]; the clean accuracy if there was no attack
   */
  public double robustAccuracy() {
    BitSet survivors = (BitSet) correct.clone();
    standing.forEach(survivors::and);
    return images == 0 ? 0 : (double) survivors.cardinality() / images;
  }

  /**
   * The largest perturbation of any attack.
   *
   * @return in pixel units of the attacks' norms; 0 if there was no attack
   */
  public double maxPerturbation() {
    return attacks.stream().mapToDouble(AttackAccuracy::maxPerturbation).max().orElse(0);
  }
}
