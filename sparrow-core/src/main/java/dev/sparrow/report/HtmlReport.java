package dev.sparrow.report;

import dev.sparrow.config.RunConfig;
import dev.sparrow.io.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code report.html}: one run on one page that needs nothing else: no network, styles, scripts and pictures inside. It follows the
 * reader's light or dark scheme, fits a narrow window and prints. Whatever run folders hold is shown as text; the page's policy forbids
 * browsers to run anything else than its own script.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * Writes the page of a run that is known already, atomically.
   *
   * @param folder the run's folder, where the page goes to
   * @param run the run, finished or not
   */
  public static void write(RunFolder folder, StoredRun run) {
    try {
      AtomicFiles.write(folder.report(), page(run, RunAttachments.read(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.report(), e);
    }
  }

  /**
   * The page of a run folder as text.
   *
   * @param folder the folder of a run, finished or not
   * @return the page
   * @throws dev.sparrow.BadInput if it holds no run, no finished epoch yet, or something damaged
   */
  public static String page(RunFolder folder) {
    return page(StoredRun.read(folder), RunAttachments.read(folder));
  }

  static String page(StoredRun run, RunAttachments attachments) {
    RunConfig config = run.config();
    String title = config.method().label() + " on " + config.data().dataset().label();
    Map<String, String> sections = RunSections.of(run, attachments);
    StringBuilder content = new StringBuilder(headline(run));
    sections.forEach((heading, body) -> content.append(Html.section(heading, body)));
    return HtmlPage.of(title, subtitle(run) + Html.navigation(sections.keySet()), content.toString());
  }

  /** The most important settings on one line. */
  static String subtitle(StoredRun run) {
    RunConfig config = run.config();
    String network = config.network().arch().label() + " of width " + config.network().width();
    String density = config.method().isDense() ? "1" : String.valueOf(config.sparsity().density().value());
    return Html.paragraph(
        "quiet",
        "%s, initial density %s, %d of %d epochs, seed %d"
            .formatted(network, density, run.epochs().size(), config.epochs(), config.seed().value()));
  }

  /** The most important numbers as tiles. */
  static String headline(StoredRun run) {
    return run.result().map(HtmlReport::finished).orElseGet(() -> unfinished(run));
  }

  private static String finished(ResultRecord result) {
    String gap = result.robustGeneralizationGap().map(HtmlReport::points).orElse("not measured");
    String best = "test images, epoch " + result.best().epoch() + ", clean " + Html.percent(result.best().cleanAccuracy());
    String last = "test images, clean " + Html.percent(result.last().cleanAccuracy());
    return "<dl class=\"tiles\">\n"
        + Html.tile("Best robust accuracy", Html.percent(result.best().robustAccuracy()), best)
        + Html.tile("Final robust accuracy", Html.percent(result.last().robustAccuracy()), last)
        + Html.tile("Robust gap, best \u2212 final", points(result.robustGap()), "clean " + points(result.cleanGap()))
        + Html.tile("Robust generalisation gap", gap, "training \u2212 test robust accuracy")
        + Html.tile("Active weights", Html.percent(result.nonzeroFraction()), "of the prunable ones, at the end")
        + "</dl>\n";
  }

  private static String unfinished(StoredRun run) {
    EpochRecord best = run.best();
    return Html.paragraph("notice", "This run has not finished; the numbers are those of its validation images.")
        + "<dl class=\"tiles\">\n"
        + Html.tile("Best robust accuracy", Html.percent(best.validation().robust()), "validation images, epoch " + best.epoch())
        + Html.tile("Clean accuracy there", Html.percent(best.validation().clean()), "validation images")
        + "</dl>\n";
  }

  /** A difference of two accuracies in percentage points, with a true minus sign. */
  private static String points(double difference) {
    return Html.number("%.2f points", 100 * difference).replace('-', '\u2212');
  }
}
