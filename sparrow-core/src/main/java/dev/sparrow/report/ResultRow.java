package dev.sparrow.report;

import dev.sparrow.config.ConfigGroup;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One experiment of a table: its runs, which differ in their seed alone, and what they measured on average. */
final class ResultRow {

  private final String label;
  private final ConfigGroup group;
  private final List<FinishedRun> runs;
  private final Map<Metric, Sample> samples;

  private ResultRow(String label, ConfigGroup group, List<FinishedRun> runs, Map<Metric, Sample> samples) {
    this.label = label;
    this.group = group;
    this.runs = runs;
    this.samples = samples;
  }

  /**
   * Averages runs.
   *
   * @param label the name of the experiment
   * @param runs its runs, at least one
   */
  static ResultRow of(String label, List<FinishedRun> runs) {
    Map<Metric, Sample> samples = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      List<Double> measured = runs.stream().flatMap(run -> metric.of(run).stream()).toList();
      Sample.of(measured).ifPresent(sample -> samples.put(metric, sample));
    }
    return new ResultRow(label, runs.get(0).group(), List.copyOf(runs), Collections.unmodifiableMap(samples));
  }

  String label() {
    return label;
  }

  ConfigGroup group() {
    return group;
  }

  List<FinishedRun> runs() {
    return runs;
  }

  /** What the runs measured; empty if none did. */
  Optional<Sample> sample(Metric metric) {
    return Optional.ofNullable(samples.get(metric));
  }
}
