package dev.sparrow.report;

import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.RunConfig;
import dev.sparrow.report.BarPlot.Bar;
import dev.sparrow.report.Html.Row;
import dev.sparrow.report.Plot.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a page says about one run below its headline, section by section. */
final class RunSections {

  private static final double PERCENT = 100;

  private final StoredRun run;
  private final RunAttachments attachments;

  private RunSections(StoredRun run, RunAttachments attachments) {
    this.run = run;
    this.attachments = attachments;
  }

  /** The sections by their titles; those that have nothing to say are left out. */
  static Map<String, String> of(StoredRun run, RunAttachments attachments) {
    RunSections sections = new RunSections(run, attachments);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Learning curves", PlotFigure.grid(RunCurves.of(run)));
    all.put("Active weights by layer", sections.layers());
    all.put("Evaluations", sections.evaluations());
    all.put("Adversarial examples", sections.examples());
    all.put("Cost", run.result().map(result -> CostTable.of(run, result)).orElse(""));
    all.put("Epochs", EpochTable.of(run));
    all.put("Configuration", sections.configuration());
    all.put("Versions", sections.versions());
    all.values().removeIf(String::isEmpty);
    return all;
  }

  private String layers() {
    if (attachments.layers().isEmpty()) {
      return "";
    }
    long active = attachments.layers().stream().mapToLong(LayerDensity::active).sum();
    long weights = attachments.layers().stream().mapToLong(LayerDensity::weights).sum();
    double overall = PERCENT * active / weights;
    List<Bar> bars =
        attachments.layers().stream().map(layer -> new Bar(layer.name().replaceFirst("\\.weight$", ""), List.of(PERCENT * layer.density()))).toList();
    String rule = String.format(Locale.ROOT, "all layers: %.2f %%", overall);
    BarPlot plot =
        new BarPlot(
            "Density of every layer of the last network", "%", "layer", List.of("density"), bars, Optional.of(PERCENT), List.of(new Rule(overall, rule)));
    String text = String.format(Locale.ROOT, "%,d of %,d prunable weights are active.", active, weights);
    return Html.paragraph("quiet", text) + PlotFigure.wide(plot);
  }

  private String evaluations() {
    return attachments.evaluations().stream().map(RunSections::evaluation).collect(Collectors.joining());
  }

  private static String evaluation(EvaluationSummary evaluation) {
    List<Bar> bars = new ArrayList<>(List.of(new Bar("no attack", List.of(PERCENT * evaluation.cleanAccuracy()))));
    evaluation.perAttack().forEach((attack, accuracy) -> bars.add(new Bar(attack, List.of(PERCENT * accuracy))));
    BarPlot plot =
        new BarPlot(
            evaluation.name() + ": accuracy on " + evaluation.images() + " images",
            "%", "after", List.of("still correct"), bars, Optional.of(PERCENT), List.of());
    String flags =
        evaluation.flags().isEmpty() ? "" : Html.paragraph("notice", "Flagged as unreliable: " + String.join(", ", evaluation.flags()));
    return flags + PlotFigure.wide(plot);
  }

  private String examples() {
    return attachments
        .examples()
        .map(ExampleGallery::of)
        .orElse(Html.paragraph("quiet", "None are stored. sparrow attack RUN --out RUN makes them, RUN being this run's folder; then report it again."));
  }

  private String configuration() {
    Map<String, String> defaults = ConfigFile.values(RunConfig.DEFAULT);
    List<Row> rows =
        ConfigFile.values(run.config()).entrySet().stream()
            .map(entry -> new Row(
                entry.getValue().equals(defaults.get(entry.getKey())) ? "" : "changed", List.of(entry.getKey(), entry.getValue())))
            .toList();
    return Html.paragraph("quiet", "Values that differ from the default are bold. " + ConfigHash.of(run.config()))
        + Html.table("values", List.of("key", "value"), rows);
  }

  private String versions() {
    return run.result()
        .map(result -> result.versions().entrySet().stream().map(entry -> new Row(List.of(entry.getKey(), entry.getValue()))).toList())
        .map(rows -> Html.table("values", List.of("component", "version"), rows))
        .orElse("");
  }
}
