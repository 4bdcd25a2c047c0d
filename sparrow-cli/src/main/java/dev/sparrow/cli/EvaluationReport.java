package dev.sparrow.cli;

import dev.sparrow.eval.Evaluation;
import dev.sparrow.report.TextTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 */
record EvaluationReport(
    double cleanAccuracy,
    double robustAccuracy,
    Map<String, Double> perAttack,
    double maxPerturbation,
    int images,
    List<String> flags,
    double seconds) {

  /**
   * Sums an evaluation up.
   *
   * @param evaluation the evaluation
   * @return its report
   */
  static EvaluationReport of(Evaluation evaluation) {
    Map<String, Double> perAttack = new LinkedHashMap<>();
    List<BitSet> standing = survivors(evaluation);
    for (int i = 0; i < standing.size(); i++) {
      perAttack.put(evaluation.attacks().get(i).name(), (double) standing.get(i).cardinality() / evaluation.images());
    }
    return new EvaluationReport(
        evaluation.cleanAccuracy(),
        evaluation.robustAccuracy(),
        perAttack,
        evaluation.maxPerturbation(),
        evaluation.images(),
        List.of(),
        evaluation.seconds());
  }

  /** Per attack, the images that stand after it and all before it. */
  private static List<BitSet> survivors(Evaluation evaluation) {
    List<BitSet> survivors = new ArrayList<>();
    BitSet current = (BitSet) evaluation.correct().clone();
    for (BitSet standing : evaluation.standing()) {
      current = (BitSet) current.clone();
      current.and(standing);
      survivors.add(current);
    }
    return survivors;
  }

  /**
   * One line per image: its number, its label, and 1 where it is classified correctly, clean and after each attack.
   *
   * @param evaluation the evaluation
   * @param labels of all images
   * @return comma-separated values with a heading
   */
  static String outcomes(Evaluation evaluation, long[] labels) {
    StringBuilder text = new StringBuilder("image,label,clean");
    evaluation.attacks().forEach(attack -> text.append(',').append(attack.name()));
    List<BitSet> survivors = survivors(evaluation);
    for (int image = 0; image < labels.length; image++) {
      text.append('\n').append(image).append(',').append(labels[image]).append(',').append(bit(evaluation.correct(), image));
      for (BitSet standing : survivors) {
        text.append(',').append(bit(standing, image));
      }
    }
    return text.append('\n').toString();
  }

  private static int bit(BitSet bits, int index) {
    return bits.get(index) ? 1 : 0;
  }

  /**
   * The report for people.
   *
   * @param what the images
   * @return a table
   */
  String text(String what) {
    TextTable table = new TextTable().left("accuracy").right("of " + images);
    table.row("clean", Texts.percent(cleanAccuracy));
    perAttack.forEach((attack, accuracy) -> table.row("after " + attack, Texts.percent(accuracy)));
    return Texts.format("%s%n%s%nlargest perturbation %.5f, %.1f s", what, table, maxPerturbation, seconds);
  }
}
