package dev.sparrow.report;

import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.report.Html.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code report.html}: one run on one page that needs nothing else: no network, no scripts, styles and pictures inside. It follows the
 * reader's light or dark scheme, fits a narrow window and prints.
 */
public final class HtmlReport {

  /** Up to so many epochs the table of epochs is open from the start. */
  private static final int FEW = 30;

  private final StoredRun run;

  private HtmlReport(StoredRun run) {
    this.run = run;
  }

  /**
   * Writes the page, atomically.
   *
   * @param file where to, usually {@link RunFolder#report()}
   * @param run the run, finished or not
   */
  public static void write(Path file, StoredRun run) {
    try {
      AtomicFiles.write(file, page(run));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * The page as text.
   *
   * @param run the run, finished or not
   * @return what {@link #write} writes
   */
  public static String page(StoredRun run) {
    return new HtmlReport(run).page();
  }

  private String page() {
    RunConfig config = run.config();
    String title = config.method().label() + " on " + config.data().dataset().label();
    return HtmlPage.of(title, subtitle(), headline() + curves() + cost() + epochs() + configuration() + versions());
  }

  private String subtitle() {
    RunConfig config = run.config();
    String network = config.network().arch().label() + " of width " + config.network().width();
    return Html.paragraph(
        "quiet",
        "%s, initial density %s, %d of %d epochs, seed %d"
            .formatted(network, initialDensity(), run.epochs().size(), config.epochs(), config.seed().value()));
  }

  private String initialDensity() {
    return run.config().method().isDense() ? "1" : String.valueOf(run.config().sparsity().density().value());
  }

  private String headline() {
    return run.result().map(this::finished).orElseGet(this::unfinished);
  }

  private String finished(ResultRecord result) {
    String gap = result.robustGeneralizationGap().map(HtmlReport::points).orElse("not measured");
    String best = "test images, epoch " + result.best().epoch() + ", clean " + percent(result.best().cleanAccuracy());
    return "<dl class=\"tiles\">\n"
        + Html.tile("Best robust accuracy", percent(result.best().robustAccuracy()), best)
        + Html.tile("Final robust accuracy", percent(result.last().robustAccuracy()), "clean " + percent(result.last().cleanAccuracy()))
        + Html.tile("Robust gap, best \u2212 final", points(result.robustGap()), "clean " + points(result.cleanGap()))
        + Html.tile("Robust generalisation gap", gap, "training \u2212 test robust accuracy")
        + Html.tile("Active weights", percent(result.nonzeroFraction()), "of the prunable ones, at the end")
        + "</dl>\n";
  }

  private String unfinished() {
    EpochRecord best = run.best();
    return Html.paragraph("notice", "This run has not finished; the numbers are those of its validation images.")
        + "<dl class=\"tiles\">\n"
        + Html.tile("Best robust accuracy", percent(best.validation().robust()), "validation images, epoch " + best.epoch())
        + Html.tile("Clean accuracy there", percent(best.validation().clean()), "validation images")
        + "</dl>\n";
  }

  private String curves() {
    Map<String, byte[]> light = Curves.charts(run, Palette.LIGHT);
    Map<String, byte[]> dark = Curves.charts(run, Palette.DARK);
    StringBuilder figures = new StringBuilder("<div class=\"charts\">\n");
    light.forEach((title, png) -> figures.append(HtmlPage.picture(description(title), Curves.WIDTH, Curves.HEIGHT, png, dark.get(title))));
    return Html.section("Learning curves", figures.append("</div>\n").toString());
  }

  private String description(String title) {
    return "%s over %d epochs; the numbers are in the table of epochs below.".formatted(title, run.epochs().size());
  }

  private String cost() {
    return run.result().map(this::cost).orElse("");
  }

  private String cost(ResultRecord result) {
    DenseCost dense = DenseCost.of(run.config(), result);
    List<Row> rows =
        List.of(
            cost("Training, as if dense", dense.training(), dense.training()),
            cost("Training, counted as in the paper", result.trainingFlops().paper(), dense.training()),
            cost("Training, counted honestly", result.trainingFlops().honest(), dense.honestTraining()),
            cost("Inference on one image, dense", dense.inference(), dense.inference()),
            cost("Inference on one image, active weights", result.inferenceFlops().sparse(), dense.inference()),
            new Row(List.of("Mean time of an epoch in seconds", String.format(Locale.ROOT, "%.1f", result.secondsPerEpoch()), "")));
    return Html.section("Cost", Html.table("cost", List.of("", "floating-point operations", "of dense, counted alike"), rows));
  }

  private static Row cost(String what, double flops, double dense) {
    return new Row(List.of(what, String.format(Locale.ROOT, "%.3e", flops), percent(flops / dense)));
  }

  private String epochs() {
    List<String> header =
        List.of(
            "epoch", "learning rate", "train loss", "train accuracy", "validation clean", "validation robust", "validation robust loss",
            "test clean", "test robust", "density", "drop fraction", "explored", "event", "seconds", "images/s");
    EpochRecord best = run.best();
    List<Row> rows = run.epochs().stream().map(epoch -> epoch(epoch, epoch.equals(best) ? "best" : "")).toList();
    String open = rows.size() <= FEW ? " open=\"open\"" : "";
    String summary = "<summary>" + rows.size() + " epochs, the best in bold</summary>\n";
    return Html.section("Epochs", "<details" + open + ">" + summary + Html.table("epochs", header, rows) + "</details>\n");
  }

  private static Row epoch(EpochRecord epoch, String style) {
    EpochRecord.Validation validation = epoch.validation();
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(epoch.epoch()));
    cells.add(String.format(Locale.ROOT, "%.5f", epoch.lr()));
    cells.add(String.format(Locale.ROOT, "%.4f", epoch.trainLoss()));
    cells.add(percent(epoch.trainAccuracy()));
    cells.add(percent(validation.clean()));
    cells.add(percent(validation.robust()));
    cells.add(String.format(Locale.ROOT, "%.4f", validation.robustLoss()));
    cells.add(epoch.test().map(test -> percent(test.clean())).orElse(""));
    cells.add(epoch.test().map(test -> percent(test.robust())).orElse(""));
    cells.add(percent(epoch.density()));
    cells.add(percent(epoch.dropFraction()));
    cells.add(percent(epoch.explored()));
    cells.add(epoch.event().label());
    cells.add(String.format(Locale.ROOT, "%.1f", epoch.seconds()));
    cells.add(String.format(Locale.ROOT, "%.1f", epoch.imagesPerSecond()));
    return new Row(style, cells);
  }

  private String configuration() {
    Map<String, String> defaults = ConfigFile.values(RunConfig.DEFAULT);
    List<Row> rows =
        ConfigFile.values(run.config()).entrySet().stream()
            .map(entry -> new Row(
                entry.getValue().equals(defaults.get(entry.getKey())) ? "" : "changed", List.of(entry.getKey(), entry.getValue())))
            .toList();
    return Html.section(
        "Configuration",
        Html.paragraph("quiet", "Values that differ from the default are bold. " + ConfigHash.of(run.config()))
            + Html.table("values", List.of("key", "value"), rows));
  }

  private String versions() {
    return run.result()
        .map(result -> result.versions().entrySet().stream().map(entry -> new Row(List.of(entry.getKey(), entry.getValue()))).toList())
        .map(rows -> Html.section("Versions", Html.table("values", List.of("component", "version"), rows)))
        .orElse("");
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }

  /** A difference of two accuracies in percentage points, with a true minus sign. */
  private static String points(double difference) {
    return String.format(Locale.ROOT, "%.2f points", 100 * difference).replace('-', '\u2212');
  }
}
