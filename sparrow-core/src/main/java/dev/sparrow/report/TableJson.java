package dev.sparrow.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A result table as {@code report --json} prints it; the keys are part of the contract. Accuracies, densities and relative costs are
 * fractions.
 *
 * @param rows one per experiment
 * @param leftOut runs that do not enter the means
 */
@JsonPropertyOrder({"rows", "leftOut"})
public record TableJson(List<Row> rows, List<Excluded> leftOut) {

  /**
   * One experiment.
   *
   * @param label its name in the table
   * @param config its configuration by dotted key, without what is left to chance
   * @param n number of runs
   * @param seeds of the runs
   * @param folders of the runs, in the same order
   * @param results what they measured; a quantity that no run measured is missing
   */
  @JsonPropertyOrder({"label", "config", "n", "seeds", "folders", "results"})
  public record Row(String label, Map<String, String> config, int n, List<Long> seeds, List<String> folders, Map<String, Sample> results) {}

  /**
   * A run that does not enter the means.
   *
   * @param folder its folder
   * @param reason unfinished, damaged or repeated
   * @param details the same in words
   */
  @JsonPropertyOrder({"folder", "reason", "details"})
  public record Excluded(String folder, String reason, String details) {}

  /**
   * The table as a value.
   *
   * @param table the table
   * @return what JSON holds
   */
  public static TableJson of(ResultTable table) {
    return new TableJson(
        table.rows().stream().map(TableJson::row).toList(),
        table.leftOut().stream().map(run -> new Excluded(run.folder().toString(), run.reason().adjective(), run.details())).toList());
  }

  private static Row row(ResultRow row) {
    Map<String, Sample> results = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      row.sample(metric).ifPresent(sample -> results.put(metric.key(), sample));
    }
    return new Row(
        row.label(),
        row.group().values(),
        row.runs().size(),
        row.runs().stream().map(run -> run.config().seed().value()).toList(),
        row.runs().stream().map(run -> run.folder().toString()).toList(),
        results);
  }
}
