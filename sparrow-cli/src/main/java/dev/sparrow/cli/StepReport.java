package dev.sparrow.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sparrow.train.StepTiming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code bench step} found.
 *
 * @param timing of the engine in question; its keys stand beside the others
 * @param ratio its speed over that of the first opponent
 * @param against the opponents by name; absent without any
 */
record StepReport(@JsonUnwrapped StepTiming timing, Optional<Double> ratio, Optional<Map<String, Rival>> against) {

  /**
   * An opponent.
   *
   * @param timing of its steps
   * @param ratio the speed of the engine in question over this one's
   */
  record Rival(@JsonUnwrapped StepTiming timing, double ratio) {}

  /**
   * Puts it together.
   *
   * @param timings of the engine in question, then of its opponents
   * @param opponents in the same order
   * @return the report
   */
  static StepReport of(List<StepTiming> timings, List<Opponent> opponents) {
    StepTiming own = timings.get(0);
    Map<String, Rival> rivals = new LinkedHashMap<>();
    for (int i = 0; i < opponents.size(); i++) {
      StepTiming other = timings.get(i + 1);
      rivals.put(opponents.get(i).name(), new Rival(other, own.imagesPerSecond() / other.imagesPerSecond()));
    }
    Optional<Double> first = rivals.values().stream().findFirst().map(Rival::ratio);
    return new StepReport(own, first, rivals.isEmpty() ? Optional.empty() : Optional.of(rivals));
  }

  /** The report for people: a line per engine. */
  String text() {
    StringBuilder text = new StringBuilder(line(timing) + "; " + memory(timing.peakRssBytes()));
    against
        .orElse(Map.of())
        .forEach((name, rival) -> text.append(Texts.format("%n%s; %s: %.2f times its speed", line(rival.timing()), name, rival.ratio())));
    return text.toString();
  }

  private static String line(StepTiming timing) {
    return Texts.format(
        "%.1f images/s; attack step %.4f s, training step %.4f s; %s, %s, %d threads, %s engine",
        timing.imagesPerSecond(),
        timing.attackStepSeconds(),
        timing.trainStepSeconds(),
        timing.precision(),
        timing.layout(),
        timing.threads(),
        timing.engine());
  }

  private static String memory(OptionalLong peak) {
    return peak.isPresent() ? Texts.format("%,d MiB peak memory", peak.getAsLong() >> 20) : "peak memory unknown";
  }
}
