package dev.sparrow.cli;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Weights;
import dev.sparrow.inference.InferenceBenchmark;
import dev.sparrow.inference.InferenceBenchmark.Timing;
import dev.sparrow.inference.InferenceEngine;
import dev.sparrow.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code bench inference} found.
 *
 * @param arch the network
 * @param nonzeroFraction fraction of the prunable weights that are not zero
 * @param batch images per pass
 * @param repetitions passes that count
 * @param threads of every engine
 * @param imagesPerSecond of the engine in question, median
 * @param secondsPerBatch the same
 * @param engine what it is
 * @param ratio its speed over that of the first other engine
 * @param against the other engines by name
 * @param missing engines whose library is not there, and why
 */
record InferenceReport(
    String arch,
    double nonzeroFraction,
    int batch,
    int repetitions,
    int threads,
    double imagesPerSecond,
    double secondsPerBatch,
    String engine,
    Optional<Double> ratio,
    Map<String, Other> against,
    Map<String, String> missing) {

  /** Of the largest logit; sums in another order, in networks of any depth. */
  private static final double TOLERANCE = 1e-3;

  /** The same where activations or weights are rounded to eight bits. */
  private static final double ROUNDED_TOLERANCE = 0.1;

  /**
   * Another engine.
   *
   * @param imagesPerSecond median
   * @param secondsPerBatch the same
   * @param engine what it is
   * @param ratio the speed of the engine in question over this one's
   * @param maxDifference largest difference of the two engines' logits, in units of this one's largest logit
   */
  record Other(double imagesPerSecond, double secondsPerBatch, String engine, double ratio, double maxDifference) {}

  /**
   * Puts it together.
   *
   * @param benchmark what was run
   * @param weights on which network
   * @param threads of every engine
   * @param engines that ran; the first is the engine in question
   * @param timings of the engines, in their order
   * @param missing engines that did not run, and why
   * @return the report
   * @throws BadInput if the engines do not agree
   */
  static InferenceReport of(
      InferenceBenchmark benchmark,
      Weights weights,
      int threads,
      Map<Competitor, InferenceEngine> engines,
      List<Timing> timings,
      Map<String, String> missing) {
    List<Competitor> names = new ArrayList<>(engines.keySet());
    Timing own = timings.get(0);
    Map<String, Other> others = new LinkedHashMap<>();
    for (int i = 1; i < names.size(); i++) {
      Timing timing = timings.get(i);
      double difference = agreeing(names.get(0), own, names.get(i), timing);
      others.put(
          names.get(i).label(),
          new Other(
              benchmark.batch() / timing.secondsPerBatch(),
              timing.secondsPerBatch(),
              engines.get(names.get(i)).description(),
              timing.secondsPerBatch() / own.secondsPerBatch(),
              difference));
    }
    return new InferenceReport(
        weights.blueprint().name(),
        weights.nonzeroFraction(),
        benchmark.batch(),
        benchmark.repetitions(),
        threads,
        benchmark.batch() / own.secondsPerBatch(),
        own.secondsPerBatch(),
        engines.get(names.get(0)).description(),
        others.values().stream().findFirst().map(Other::ratio),
        others,
        missing);
  }

  private static double agreeing(Competitor one, Timing own, Competitor other, Timing timing) {
    double tolerance = one.isExact() && other.isExact() ? TOLERANCE : ROUNDED_TOLERANCE;
    double difference = timing.difference(own);
    if (!(difference <= tolerance)) {
      throw BadInput.data(
          "difference of the logits", "at most " + tolerance + " of the largest", difference, one.label() + " and " + other.label());
    }
    return difference;
  }

  /** The report for people. */
  String text() {
    TextTable table = new TextTable().left("").right("images/s").right("ms per batch").right("ratio").right("difference").left("");
    table.row("sparse", speed(imagesPerSecond), millis(secondsPerBatch), "", "", engine);
    against.forEach(
        (name, other) ->
            table.row(
                name,
                speed(other.imagesPerSecond()),
                millis(other.secondsPerBatch()),
                Texts.format("%.2f", other.ratio()),
                Texts.format("%.1e", other.maxDifference()),
                other.engine()));
    return Texts.format(
        "%s, %s of its weights nonzero, batch %d, %d threads, median of %d%n%s",
        arch, Texts.percent(nonzeroFraction), batch, threads, repetitions, table);
  }

  private static String speed(double imagesPerSecond) {
    return Texts.format("%.1f", imagesPerSecond);
  }

  private static String millis(double seconds) {
    return Texts.format("%.2f", 1e3 * seconds);
  }
}
