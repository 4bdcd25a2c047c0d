package dev.sparrow.cli;

import dev.sparrow.checkpoint.Findings;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.DatasetName;
import dev.sparrow.interop.ImportReport;
import dev.sparrow.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What weights from elsewhere are, for people. */
final class ImportTexts {

  /** Texts in a file are anything, of any length. */
  private static final int LONGEST_FACT = 60;

  private final ImportReport report;
  private final List<String> lines = new ArrayList<>();

  ImportTexts(ImportReport report) {
    this.report = report;
  }

  /** Layers, then everything else, a line each. */
  String text() {
    found();
    network();
    masks();
    report.warnings().forEach(warning -> line("warning", warning));
    report.written().ifPresent(this::written);
    return layers() + System.lineSeparator() + String.join(System.lineSeparator(), lines);
  }

  private void line(String what, Object text) {
    lines.add(Texts.format("%-15s %s", what, text));
  }

  private String layers() {
    boolean masked = report.masks().isPresent();
    TextTable table = new TextTable().left("layer").right("shape").right("nonzero");
    if (masked) {
      table.right("active");
    }
    for (ImportReport.Layer layer : report.layers()) {
      String nonzero = Texts.percent(layer.nonzeroFraction());
      if (masked) {
        table.row(layer.name(), layer.shape(), nonzero, layer.activeFraction().map(Texts::percent).orElse("no mask"));
      } else {
        table.row(layer.name(), layer.shape(), nonzero);
      }
    }
    return table.toString();
  }

  private void found() {
    Findings found = report.found();
    String place = found.key().isEmpty() ? "" : ", weights under " + printable(found.key());
    String prefix = found.prefix().isEmpty() ? "" : ", names without " + found.prefix();
    line("file", report.file() + " (" + found.format() + place + prefix + ")");
    if (!found.facts().isEmpty()) {
      line("facts", found.facts().entrySet().stream().map(fact -> fact.getKey() + " " + fact.getValue()).map(ImportTexts::printable)
          .collect(Collectors.joining(", ")));
    }
    if (!found.converted().isEmpty()) {
      line("converted", found.converted().entrySet().stream().map(type -> type.getValue() + " tensors of " + type.getKey())
          .collect(Collectors.joining(", ")));
    }
    if (!found.leftOut().isEmpty()) {
      line("left out", String.join(", ", found.leftOut()));
    }
  }

  private void network() {
    ModelInfo model = report.network();
    NetworkConfig network = model.network();
    String factors = network.arch() == Arch.WIDERESNET ? "-" + network.depthFactor() + "-" + network.widthFactor() : "";
    line(
        "network",
        Texts.format(
            "%s%s, width %d, %d classes, %dx%d images (%s)",
            network.arch().label(),
            factors,
            network.width(),
            model.numClasses(),
            model.imageSize(),
            model.imageSize(),
            architectureFrom()));
    line("normalization", normalization(model));
    String nonzero = Texts.percent(report.nonzeroFraction());
    line("parameters", Texts.format("%,d, %s of the prunable weights nonzero", report.parameters(), nonzero));
  }

  private String architectureFrom() {
    return switch (report.architectureFrom()) {
      case DESCRIPTION -> "as the file says";
      case TENSORS -> "the only network that names and shapes fit";
      case OPTION, NOWHERE -> "from --arch";
    };
  }

  private String normalization(ModelInfo model) {
    return switch (report.normalizationFrom()) {
      case DESCRIPTION, TENSORS -> model.normalization() + " (from the file)";
      case OPTION -> model.normalization() + " (from --normalization)";
      case NOWHERE -> "none in the file, --normalization must say it";
    };
  }

  private void masks() {
    report
        .masks()
        .ifPresent(
            masks ->
                line(
                    "masks",
                    Texts.format(
                        "%d layers of %s, %s of their weights active",
                        masks.layers(),
                        report.found().masks().orElseThrow().label(),
                        Texts.percent(masks.activeFraction()))));
  }

  private void written(ImportReport.Written written) {
    double difference = written.maxDifference().orElse(0.0);
    written.out().ifPresent(out -> line("written", Texts.format("%s, logits within %.1e of the largest", out, difference)));
    written
        .ticket()
        .ifPresent(
            ticket -> {
              line("ticket", ticket);
              line("next", ShellWords.join(training(ticket)));
            });
  }

  /** The training that goes on from the ticket. */
  private List<String> training(String ticket) {
    NetworkConfig network = report.network().network();
    List<String> words = new ArrayList<>(List.of("./sparrow", "train", "--method", "static", "--ticket", ticket));
    words.addAll(List.of("--arch", network.arch().label(), "--width", String.valueOf(network.width())));
    if (network.arch() == Arch.WIDERESNET) {
      words.addAll(List.of("--depth-factor", String.valueOf(network.depthFactor())));
      words.addAll(List.of("--width-factor", String.valueOf(network.widthFactor())));
    }
    Arrays.stream(DatasetName.values()) // what a data set is normalised by must be what the network has inside
        .map(DatasetName::label)
        .filter(report.network().normalization().toString()::equals)
        .forEach(label -> words.addAll(List.of("--dataset", label)));
    words.addAll(List.of("--density", String.valueOf(report.written().orElseThrow().ticketDensity().orElseThrow())));
    return words;
  }

  /** One line without control characters, cut where it gets long. */
  private static String printable(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= LONGEST_FACT ? plain : plain.substring(0, LONGEST_FACT) + "...";
  }
}
