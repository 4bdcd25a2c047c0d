package dev.sparrow.engine;

import dev.sparrow.engine.PassTimer.Comparison;
import dev.sparrow.model.Recording;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the fastest placement: those that a prediction leaves are timed against libtorch. Where few passes are to come, the prediction
 * decides.
 *
 * @param prediction of the network with its masks
 * @param engines makes an engine of a placement
 */
record PlacementTrials(TimePrediction prediction, Function<Placement, PlacedEngine> engines) {

  private static final Logger LOG = LoggerFactory.getLogger(PlacementTrials.class);

  /** What is not faster than so much of libtorch's time is not worth another engine's rounding, and may be noise. */
  private static final double CLEARLY_FASTER = 0.97;

  /** A prediction is less certain than a measurement. */
  private static final double PREDICTED_FASTER = 0.8;

  /** Decides by prediction alone. */
  Placement predict() {
    Placement best = prediction.candidates().stream().findFirst().orElse(Placement.DENSE);
    double ratio = prediction.cost(best) / prediction.cost(Placement.DENSE);
    Placement chosen = ratio < PREDICTED_FASTER ? best : Placement.DENSE;
    LOG.info("engine: {} (predicted; too little to compute for measurements)", chosen.description());
    return chosen;
  }

  /** Decides by measurements; each candidate takes seconds. */
  Placement measure(PassTimer timer) {
    List<Placement> candidates = prediction.candidates();
    if (candidates.isEmpty()) {
      LOG.info("engine: libtorch (too few zeros for the sparse engine)");
      return Placement.DENSE;
    }
    try (PlacedEngine libtorch = engines.apply(Placement.DENSE)) {
      Placement fastest = Placement.DENSE;
      Comparison best = new Comparison(0, 0, CLEARLY_FASTER);
      StringBuilder found = new StringBuilder();
      for (Placement candidate : candidates) {
        try (PlacedEngine engine = engines.apply(candidate)) {
          Comparison comparison = timer.compare(engine, libtorch);
          found.append(seconds(comparison, candidate, timer.recording()));
          if (comparison.ratio() < best.ratio()) {
            fastest = candidate;
            best = comparison;
          }
        }
      }
      LOG.info("engine: {} ({})", fastest.description(), found.substring(2));
      return fastest;
    }
  }

  private static String seconds(Comparison comparison, Placement placement, Recording recording) {
    String pass = recording == Recording.INPUT ? "attack step" : "pass";
    return String.format(
        Locale.ROOT, "; %s %.3f s with %s, %.3f s with libtorch", pass, comparison.seconds(), placement.description(), comparison.referenceSeconds());
  }
}
