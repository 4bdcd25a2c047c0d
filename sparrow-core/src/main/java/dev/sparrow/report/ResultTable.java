package dev.sparrow.report;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The paper's table: one row per experiment, with means and sample standard deviations over its seeds. Rows are in the order in which their
 * first runs were found. {@link TableFormat} writes it down.
 */
public final class ResultTable {

  private final List<ResultRow> rows;
  private final Variation variation;
  private final List<LeftOut> leftOut;

  private ResultTable(List<ResultRow> rows, Variation variation, List<LeftOut> leftOut) {
    this.rows = List.copyOf(rows);
    this.variation = variation;
    this.leftOut = leftOut;
  }

  /**
   * Makes the table of some runs.
   *
   * @param runs the runs
   * @return the table
   * @throws BadInput if none of the runs has finished
   */
  public static ResultTable of(RunCollection runs) {
    if (runs.finished().isEmpty()) {
      throw nothingFinished(runs.leftOut());
    }
    Map<ConfigGroup, List<FinishedRun>> groups =
        runs.finished().stream().collect(Collectors.groupingBy(FinishedRun::group, LinkedHashMap::new, Collectors.toList()));
    Variation variation = Variation.among(groups.keySet());
    List<String> labels = labels(variation, groups);
    List<ResultRow> rows = new ArrayList<>();
    groups.values().forEach(repetitions -> rows.add(ResultRow.of(labels.get(rows.size()), repetitions)));
    return new ResultTable(rows, variation, runs.leftOut());
  }

  /** A sweep's labels where they tell the rows apart; those of two sweeps may be the same. */
  private static List<String> labels(Variation variation, Map<ConfigGroup, List<FinishedRun>> groups) {
    List<Optional<String>> given = groups.values().stream().map(runs -> runs.get(0).label()).toList();
    List<String> labels = new ArrayList<>();
    for (ConfigGroup group : groups.keySet()) {
      Optional<String> label = given.get(labels.size());
      labels.add(label.filter(text -> Collections.frequency(given, label) == 1).orElseGet(() -> variation.label(group)));
    }
    return labels;
  }

  private static BadInput nothingFinished(List<LeftOut> leftOut) {
    LeftOut first = leftOut.get(0);
    String others = leftOut.size() == 1 ? "" : ", and " + (leftOut.size() - 1) + " more that do not count";
    String got = "one " + first.reason().adjective() + ": " + first.details() + others;
    return BadInput.data("runs", "at least one that has finished", got, first.folder());
  }

  /** One per experiment, at least one. */
  List<ResultRow> rows() {
    return rows;
  }

  /** In what the experiments differ. */
  Variation variation() {
    return variation;
  }

  /** Runs that do not enter the means. */
  List<LeftOut> leftOut() {
    return leftOut;
  }

  /** What an experiment was tried in, where the experiments differ in that; "-" where it does not apply. */
  List<String> settings(ResultRow row) {
    return variation.settings().stream().map(key -> row.group().values().getOrDefault(key, TableView.NOTHING)).toList();
  }
}
