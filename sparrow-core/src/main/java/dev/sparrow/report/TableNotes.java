package dev.sparrow.report;

import dev.sparrow.config.Objective;
import dev.sparrow.report.LeftOut.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be said about a table: what all its experiments have in common, how to read the numbers, and which runs are not in them. */
final class TableNotes {

  static final String ACCURACIES =
      "Accuracies in percent on the test images, mean \u00b1 sample standard deviation over n seeds. Best is the epoch of the best robust"
          + " validation accuracy, diff. is best minus final, gen. gap is the robust accuracy on the training images minus that on the test"
          + " images at the end.";

  private static final String COSTS =
      "FLOPs of the whole training, counted as if dense, as the paper counts, and honestly: no weight gradients in the attack, density over"
          + " time. Each rel. % is relative to training the dense network, counted alike; inference % is one image relative to the dense"
          + " network. Density is the active part of the prunable weights at the end.";

  private static final String TICKETS =
      " Ticket epochs are those of the first stage, whose cost the honest count includes; emerged are the tickets whose masks had settled by"
          + " then.";

  /** More names would bury the tables; {@code --json} lists all. */
  private static final int NAMED = 6;

  private TableNotes() {}

  /** How to read the costs. */
  static String costs(ResultTable table) {
    return table.rows().stream().anyMatch(row -> row.sample(Metric.TICKET_EPOCHS).isPresent()) ? COSTS + TICKETS : COSTS;
  }

  /** What all experiments have in common; what they do not is a column of the table. */
  static String setting(ResultTable table) {
    Phrases phrases = new Phrases(shared(table));
    phrases.add("data.dataset", value -> value);
    phrases.add("data.limitTrain", value -> images("training", value));
    phrases.add("data.limitTest", value -> images("test", value));
    phrases.add("network.arch", value -> value);
    phrases.add("network.width", value -> "width " + value);
    phrases.add("network.depthFactor", value -> "depth factor " + value);
    phrases.add("network.widthFactor", value -> "width factor " + value);
    phrases.add("epochs", value -> value.equals("1") ? "1 epoch" : value + " epochs");
    phrases.add("batchSize", value -> "batch size " + value);
    phrases.add("objective", value -> value.equals(Objective.STANDARD.label()) ? "trained on clean images" : "trained with " + value);
    phrases.attack("training attack", "trainAttack");
    phrases.attack("tested with PGD", "testAttack");
    return String.join(", ", phrases.phrases);
  }

  private static Map<String, String> shared(ResultTable table) {
    Map<String, String> shared = new HashMap<>();
    table.rows().forEach(row -> shared.putAll(row.group().values()));
    shared.keySet().removeAll(table.variation().keys());
    return shared;
  }

  private static String images(String part, String limit) {
    return limit.equals("0") ? "all " + part + " images" : "the first " + limit + " " + part + " images";
  }

  /** Which runs are not in the table, one line per reason. */
  static List<String> leftOut(List<LeftOut> leftOut) {
    return Arrays.stream(Reason.values()).flatMap(reason -> leftOut(reason, leftOut).stream()).toList();
  }

  private static Optional<String> leftOut(Reason reason, List<LeftOut> all) {
    List<String> runs =
        all.stream().filter(run -> run.reason() == reason).map(run -> run.folder() + " (" + run.details() + ")").toList();
    String count = runs.size() + " " + reason.adjective() + (runs.size() == 1 ? " run" : " runs") + " left out: ";
    String names = runs.stream().limit(NAMED).collect(Collectors.joining(", "));
    String more = runs.size() > NAMED ? " and " + (runs.size() - NAMED) + " more" : "";
    return runs.isEmpty() ? Optional.empty() : Optional.of(count + names + more);
  }

  /** Phrases about values that are shared; others are skipped. */
  private static final class Phrases {

    private final Map<String, String> shared;
    private final List<String> phrases = new ArrayList<>();

    Phrases(Map<String, String> shared) {
      this.shared = shared;
    }

    void add(String key, UnaryOperator<String> phrase) {
      Optional.ofNullable(shared.get(key)).map(phrase).ifPresent(phrases::add);
    }

    /** What is shared of an attack, or nothing. */
    void attack(String name, String part) {
      String attack =
          Stream.of("norm", "eps", "steps", "stepSize")
              .filter(key -> shared.containsKey(part + "." + key))
              .map(key -> key + " " + shared.get(part + "." + key))
              .collect(Collectors.joining(", "));
      if (!attack.isEmpty()) {
        phrases.add(name + " (" + attack + ")");
      }
    }
  }
}
