package dev.sparrow.report;

import dev.sparrow.report.Html.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Table 1 of the paper (Chen et al., "Sparsity Winning Twice", ICLR 2022): ResNet-18 at density 0.2, trained for 200 epochs on all images.
 * Published numbers to look at beside one's own; only full runs of the same recipe may be compared with them.
 */
final class PaperTable {

  private static final String EXPLANATION =
      "Chen et al., \u201cSparsity Winning Twice\u201d, ICLR 2022, Table 1: ResNet-18 of width 64, density 0.2 for the sparse methods, 200"
          + " epochs of PGD-10 on all training images, tested by PGD-20. They were not measured by Sparrow, and no run with fewer images,"
          + " fewer epochs, a narrower network or another test may be compared with them.";

  private static final List<String> HEADER =
      List.of("data set", "method", "robust best", "robust final", "clean best", "clean final", "gen. gap");

  /** As percentages: robust accuracy at the best epoch and the last, clean accuracy at both, robust generalisation gap. */
  private record Published(String dataset, String method, double... numbers) {

    Row row() {
      List<String> texts = Arrays.stream(numbers).mapToObj(number -> String.format(Locale.ROOT, "%.2f", number)).toList();
      return new Row(Stream.concat(Stream.of(dataset, method), texts.stream()).toList());
    }
  }

  private static final List<Published> PUBLISHED =
      List.of(
          new Published("cifar10", "dense", 51.10, 43.61, 81.15, 83.38, 38.82),
          new Published("cifar10", "robust-bird", 50.18, 46.10, 78.46, 82.42, 23.37),
          new Published("cifar10", "flying-bird", 51.62, 46.37, 80.55, 83.17, 28.90),
          new Published("cifar10", "flying-bird-plus", 51.70, 47.51, 80.74, 83.16, 23.89),
          new Published("cifar100", "dense", 26.93, 19.62, 52.03, 53.91, 54.56),
          new Published("cifar100", "robust-bird", 25.54, 20.82, 48.79, 53.33, 25.46),
          new Published("cifar100", "flying-bird", 26.64, 22.00, 53.57, 55.41, 27.46),
          new Published("cifar100", "flying-bird-plus", 26.66, 23.37, 52.29, 55.23, 20.12),
          new Published("tinyimagenet", "dense", 20.84, 15.76, 43.57, 46.64, 36.84),
          new Published("tinyimagenet", "robust-bird", 19.58, 16.45, 43.70, 46.30, 15.22),
          new Published("tinyimagenet", "flying-bird", 20.34, 19.00, 45.95, 46.86, 14.93),
          new Published("tinyimagenet", "flying-bird-plus", 20.36, 19.11, 45.67, 46.73, 13.24));

  private PaperTable() {}

  /** The table and what it is; it must not be taken for a result of the page's runs. */
  static String html() {
    return Html.paragraph("notice", EXPLANATION) + Html.table("results", HEADER, PUBLISHED.stream().map(Published::row).toList());
  }
}
