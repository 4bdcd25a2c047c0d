package dev.sparrow.analysis;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.RobustnessCurve.Point;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Attacks;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.data.Batches;
import dev.sparrow.eval.Evaluation;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Measures how the accuracy of a classifier falls with the strength of PGD. */
public final class CurveTracer {

  /** The paper's test attack takes steps of a quarter of its radius. */
  private static final double STEPS_PER_RADIUS = 4;

  private final String network;
  private final Evaluator evaluator;
  private final Images images;
  private final AnalysisProgress progress;

  /**
   * What is attacked.
   *
   * @param batches the images
   * @param size how many there are
   * @param batchSize images in every batch but the last
   * @param imageSize their side in pixels
   */
  public record Images(Batches batches, int size, int batchSize, int imageSize) {

    private Batches only(BitSet chosen) {
      return new StandingBatches(batches, batchSize, chosen.stream().toArray());
    }

    /** How far every image can be moved to plain grey: half the range in each of its numbers. */
    private Epsilon limit(Norm norm) {
      return new Epsilon(norm == Norm.LINF ? 0.5 : 0.5 * imageSize * Math.sqrt(3));
    }
  }

  /**
   * A tracer of curves.
   *
   * @param network names what is looked at
   * @param evaluator of the classifier
   * @param images the images
   * @param progress hears after every batch
   */
  public CurveTracer(String network, Evaluator evaluator, Images images, AnalysisProgress progress) {
    this.network = network;
    this.evaluator = evaluator;
    this.images = images;
    this.progress = progress;
  }

  /**
   * Accuracy against the radius. An image that was broken at one radius counts as broken at all larger ones, whose balls contain what broke
   * it, so it is not attacked again and the curve never rises. Steps are a quarter of the radius. Beyond the radii, the images that still
   * stand are attacked at the one that reaches plain grey from every image.
   *
   * @param attack norm, number of steps and start
   * @param radii at least one, ascending or not
   * @return the curve
   */
  public RobustnessCurve overRadii(AttackConfig attack, List<Epsilon> radii) {
    Epsilon limit = images.limit(attack.norm());
    Evaluation clean = clean();
    BitSet standing = (BitSet) clean.correct().clone();
    double seconds = clean.seconds();
    List<Point> points = new ArrayList<>();
    for (Epsilon radius : withLimit(radii, limit)) {
      if (radius.value() > 0) {
        Evaluation evaluation = attack(standing, List.of(pgd(attack, radius)), "epsilon " + radius);
        standing = kept(standing, evaluation.standing().get(0));
        seconds += evaluation.seconds();
      }
      points.add(new Point(radius.toString(), radius.value(), share(standing)));
    }
    Point last = points.remove(points.size() - 1);
    String name = "PGD-" + attack.steps() + " " + attack.norm().label() + ", steps of epsilon / 4";
    return new RobustnessCurve(
            network, Over.EPS, name, images.size(), share(clean.correct()), points, Optional.of(last), List.of(), seconds)
        .flagged();
  }

  /**
   * Accuracy against the number of steps. Each attack starts anew from its own random start, on all images that are classified correctly,
   * so the curve may rise; it should not.
   *
   * @param attack norm, radius, step and start
   * @param steps at least one number
   * @return the curve
   */
  public RobustnessCurve overSteps(AttackConfig attack, List<Integer> steps) {
    Evaluation clean = clean();
    List<Integer> ascending = steps.stream().distinct().sorted().toList();
    List<Attack> attacks = ascending.stream().map(count -> pgd(attack, count)).toList();
    Evaluation evaluation = attack(clean.correct(), attacks, "attack steps");
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < attacks.size(); i++) {
      int count = ascending.get(i);
      points.add(new Point(String.valueOf(count), count, share(kept(clean.correct(), evaluation.standing().get(i)))));
    }
    String name = "PGD " + attack.norm().label() + " " + attack.eps() + ", steps of " + attack.stepSize();
    double seconds = clean.seconds() + evaluation.seconds();
    return new RobustnessCurve(
            network, Over.STEPS, name, images.size(), share(clean.correct()), points, Optional.empty(), List.of(), seconds)
        .flagged();
  }

  private static List<Epsilon> withLimit(List<Epsilon> radii, Epsilon limit) {
    for (Epsilon radius : radii) {
      if (radius.value() >= limit.value()) {
        throw BadInput.usage("--epsilons", "radii below " + limit + ", which reaches plain grey from every image", radius);
      }
    }
    List<Epsilon> ascending = new ArrayList<>(radii.stream().distinct().sorted(Comparator.comparingDouble(Epsilon::value)).toList());
    ascending.add(limit);
    return ascending;
  }

  private Evaluation clean() {
    return evaluator.evaluate(images.batches(), images.size(), List.of(), progress.of("clean"));
  }

  private Evaluation attack(BitSet chosen, List<Attack> attacks, String part) {
    return evaluator.evaluate(images.only(chosen), chosen.cardinality(), attacks, progress.of(part));
  }

  private static Attack pgd(AttackConfig attack, Epsilon radius) {
    Epsilon step = new Epsilon(radius.value() / STEPS_PER_RADIUS);
    return Attacks.pgd(new AttackConfig(attack.norm(), radius, step, attack.steps(), attack.randomStart()));
  }

  private static Attack pgd(AttackConfig attack, int steps) {
    return Attacks.pgd(new AttackConfig(attack.norm(), attack.eps(), attack.stepSize(), steps, attack.randomStart()));
  }

  /** Of the chosen images, those that an evaluation of them alone left standing. */
  private static BitSet kept(BitSet chosen, BitSet standing) {
    BitSet kept = new BitSet();
    int place = 0;
    for (int image = chosen.nextSetBit(0); image >= 0; image = chosen.nextSetBit(image + 1)) {
      kept.set(image, standing.get(place++));
    }
    return kept;
  }

  private double share(BitSet standing) {
    return (double) standing.cardinality() / images.size();
  }
}
