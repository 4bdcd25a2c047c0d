package dev.sparrow.report;

import dev.sparrow.report.Metric.Preference;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The best means of a column: the best one, and those within its standard deviation. Nothing is marked where that would claim more than the
 * numbers say: in a table with a row of one seed, among rows that were tested on other images or by another attack, and where the mark
 * would stand in every row.
 */
final class Marks {

  static final String EXPLANATION = "the best mean of an accuracy and those within its standard deviation";

  private Marks() {}

  /** The rows of a column to mark. */
  static Set<ResultRow> of(ResultTable table, Metric metric) {
    List<ResultRow> rows = table.rows();
    boolean comparable = table.variation().keys().stream().noneMatch(key -> key.startsWith("data.") || key.startsWith("testAttack."));
    boolean repeated = rows.stream().allMatch(row -> row.sample(metric).flatMap(Sample::deviation).isPresent());
    if (metric.preference() == Preference.NONE || !comparable || !repeated) {
      return Set.of();
    }
    Sample best = best(rows, metric);
    Set<ResultRow> marked =
        rows.stream().filter(row -> isWithin(row.sample(metric).orElseThrow(), best)).collect(Collectors.toUnmodifiableSet());
    return marked.size() < rows.size() ? marked : Set.of();
  }

  /** Whether any column has a mark. */
  static boolean any(ResultTable table) {
    return Metric.ACCURACIES.stream().anyMatch(metric -> !of(table, metric).isEmpty());
  }

  private static Sample best(List<ResultRow> rows, Metric metric) {
    return rows.stream()
        .map(row -> row.sample(metric))
        .flatMap(Optional::stream)
        .max(Comparator.comparingDouble(Sample::mean))
        .orElseThrow();
  }

  private static boolean isWithin(Sample sample, Sample best) {
    return Math.abs(sample.mean() - best.mean()) <= best.deviation().orElseThrow();
  }
}
