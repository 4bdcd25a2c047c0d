package dev.sparrow.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of an evaluation as one JSON object. Its keys are those of RobustBench's model cards, accuracies in percent as texts; what only
 * its authors know is left empty. Everything else is below {@code sparrow}.
 *
 * @param link to a paper; empty
 * @param name of the network
 * @param authors who made it; empty
 * @param additionalData whether it saw other data than the data set's; absent where that is not known
 * @param numberForwardPasses of one prediction
 * @param dataset where the images come from
 * @param venue of the paper; empty
 * @param architecture of the network
 * @param eps radius of the attacks
 * @param cleanAcc clean accuracy in percent
 * @param reported robust accuracy in percent
 * @param autoattackAcc the same, where the attacks were AutoAttack's
 * @param footnote what to know about the numbers
 * @param unreliable whether flags were raised
 * @param sparrow what has no place above
 */
public record ResultCard(
    String link,
    String name,
    String authors,
    @JsonProperty("additional_data") Optional<Boolean> additionalData,
    @JsonProperty("number_forward_passes") int numberForwardPasses,
    String dataset,
    String venue,
    String architecture,
    String eps,
    @JsonProperty("clean_acc") String cleanAcc,
    String reported,
    @JsonProperty("autoattack_acc") Optional<String> autoattackAcc,
    String footnote,
    boolean unreliable,
    Details sparrow) {

  /**
   * What RobustBench's cards do not have.
   *
   * @param format version of this part, {@link #FORMAT} when written
   * @param model the run folder, ticket or file
   * @param checkpoint which of the run's; absent for others
   * @param norm of the attacks' balls
   * @param images number of images
   * @param cleanAccuracy in [0, 1]
   * @param robustAccuracy in [0, 1]
   * @param attacks how each went, in order
   * @param flags reasons to doubt the numbers
   * @param seed root of all randomness
   * @param batchSize images per batch
   * @param device where it was computed
   * @param engine what computed it
   * @param precision of products
   * @param seconds wall-clock time
   * @param versions of what computed it, sorted by name
   */
  public record Details(
      int format,
      String model,
      Optional<String> checkpoint,
      String norm,
      int images,
      double cleanAccuracy,
      double robustAccuracy,
      List<AttackLine> attacks,
      List<FlagLine> flags,
      long seed,
      int batchSize,
      String device,
      String engine,
      String precision,
      double seconds,
      Map<String, String> versions) {

    /** The version this one writes and reads. */
    public static final int FORMAT = 1;

    /** Copies the collections. */
    public Details {
      attacks = List.copyOf(attacks);
      flags = List.copyOf(flags);
      versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    }
  }

  /**
   * How an attack went.
   *
   * @param name of the attack
   * @param robustAccuracy fraction of all images that stands after it and all before it
   * @param attacked images that stood before it
   * @param broken images of them that it broke
   * @param unverified images that it gave for broken and that were not
   * @param maxPerturbation largest perturbation, in its norm and pixel units
   * @param seconds wall-clock time
   * @param forwards images that went forward for it
   * @param gradients images whose gradient it took
   */
  public record AttackLine(
      String name,
      double robustAccuracy,
      int attacked,
      int broken,
      int unverified,
      double maxPerturbation,
      double seconds,
      long forwards,
      long gradients) {}

  /**
   * A reason to doubt the numbers.
   *
   * @param code of the flag
   * @param detail what raised it
   * @param page where it is explained
   */
  public record FlagLine(String code, String detail, String page) {}
}
