package dev.sparrow.report;

import dev.sparrow.io.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A result table as comma-separated values (RFC 4180, lines end in CR LF): the label, every value in which the experiments differ under its
 * dotted key, the number of seeds, then {@code QUANTITYMean} and {@code QUANTITYDeviation}. What does not exist is empty.
 */
final class TableCsv {

  private TableCsv() {}

  static String of(ResultTable table) {
    List<String> header = new ArrayList<>(List.of("label"));
    header.addAll(table.variation().keys());
    header.add("seeds");
    Arrays.stream(Metric.values()).forEach(metric -> header.addAll(List.of(metric.key() + "Mean", metric.key() + "Deviation")));
    return line(header) + table.rows().stream().map(row -> line(cells(table, row))).collect(Collectors.joining());
  }

  private static List<String> cells(ResultTable table, ResultRow row) {
    List<String> cells = new ArrayList<>(List.of(row.label()));
    table.variation().keys().forEach(key -> cells.add(row.group().values().getOrDefault(key, "")));
    cells.add(String.valueOf(row.runs().size()));
    for (Metric metric : Metric.values()) {
      Optional<Sample> sample = row.sample(metric);
      cells.add(number(sample.map(Sample::mean)));
      cells.add(number(sample.flatMap(Sample::deviation)));
    }
    return cells;
  }

  private static String number(Optional<Double> number) {
    return number.map(Json::line).orElse("");
  }

  private static String line(List<String> cells) {
    return cells.stream().map(TableCsv::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\\r\\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
