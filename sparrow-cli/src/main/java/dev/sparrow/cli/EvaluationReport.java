package dev.sparrow.cli;

import dev.sparrow.eval.AttackReport;
import dev.sparrow.eval.CascadeResult;
import dev.sparrow.eval.Flag;
import dev.sparrow.report.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found, as {@code evaluate --json} prints it.
 *
 * @param cleanAccuracy fraction classified correctly without an attack, in [0, 1]
 * @param robustAccuracy fraction that stands after all attacks
 * @param perAttack the fraction that still stands after each attack and those before it
 * @param maxPerturbation largest perturbation of any attack, in its norm
 * @param images number of images
 * @param flags reasons to doubt the numbers
 * @param seconds wall-clock time
 * @param perAttackDetails how each attack went
 * @param engine what computed the network
 * @param precision of products
 * @param seed root of all randomness
 * @param card where the result card is; absent if nowhere
 */
record EvaluationReport(
    double cleanAccuracy,
    double robustAccuracy,
    Map<String, Double> perAttack,
    double maxPerturbation,
    int images,
    List<Flag> flags,
    double seconds,
    Map<String, Details> perAttackDetails,
    String engine,
    String precision,
    long seed,
    Optional<String> card) {

  /**
   * How an attack went.
   *
   * @param seconds wall-clock time
   * @param attacked images that stood before it
   * @param broken images of them that it broke
   * @param maxPerturbation largest perturbation, in its norm
   */
  record Details(double seconds, int attacked, int broken, double maxPerturbation) {}

  /**
   * Sums an evaluation up.
   *
   * @param result what was measured
   * @param computation how
   * @param card where the result card is
   * @return its report
   */
  static EvaluationReport of(CascadeResult result, Computation computation, Optional<Path> card) {
    Map<String, Double> perAttack = new LinkedHashMap<>();
    Map<String, Details> details = new LinkedHashMap<>();
    for (AttackReport attack : result.attacks()) {
      perAttack.put(attack.name(), attack.robustAccuracy());
      details.put(attack.name(), new Details(attack.seconds(), attack.attacked(), attack.broken(), attack.maxPerturbation()));
    }
    return new EvaluationReport(
        result.cleanAccuracy(),
        result.robustAccuracy(),
        perAttack,
        result.maxPerturbation(),
        result.outcomes().size(),
        result.flags(),
        result.seconds(),
        details,
        computation.engine(),
        computation.precision(),
        computation.seed(),
        card.map(Path::toString));
  }

  /**
   * The report for people.
   *
   * @param what the images
   * @return a table
   */
  String text(String what) {
    TextTable table = new TextTable().left("accuracy").right("of " + images).right("broken").right("attacked").right("perturbation").right("seconds");
    table.row("clean", Texts.percent(cleanAccuracy), "", "", "", "");
    perAttackDetails.forEach(
        (attack, details) ->
            table.row(
                "after " + attack,
                Texts.percent(perAttack.get(attack)),
                details.broken(),
                details.attacked(),
                Texts.format("%.5f", details.maxPerturbation()),
                Texts.format("%.1f", details.seconds())));
    String where = card.map(file -> Texts.format("%ncard %s", file)).orElse("");
    return Texts.format("%s%n%s%n%s engine, %s, seed %d, %.1f s%s", what, table, engine, precision, seed, seconds, where);
  }
}
