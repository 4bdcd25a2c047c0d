package dev.sparrow.analysis;

import dev.sparrow.data.Batches;
import dev.sparrow.data.corruption.CorruptedBatches;
import dev.sparrow.data.corruption.CorruptionKind;
import dev.sparrow.eval.Evaluation;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.report.MatrixMap;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How accurate a network is on images that went bad without anyone's intent. Nothing is attacked.
 *
 * @param network what was looked at
 * @param images number of images
 * @param cleanAccuracy accuracy on the images as they are, in [0, 1]
 * @param meanCorruptionAccuracy mCA: the mean of the kinds' accuracies
 * @param severities those measured, in the order of {@link Kind#bySeverity}
 * @param kinds the kinds measured
 * @param seconds wall-clock time
 */
public record CorruptionAccuracy(
    String network,
    int images,
    double cleanAccuracy,
    double meanCorruptionAccuracy,
    List<Integer> severities,
    List<Kind> kinds,
    double seconds) {

  /**
   * The accuracy under one kind of corruption.
   *
   * @param name of the kind, as in CIFAR-10-C
   * @param accuracy the mean over the severities
   * @param bySeverity the accuracy at each severity
   */
  public record Kind(String name, double accuracy, List<Double> bySeverity) {

    /** Copies the list. */
    public Kind {
      bySeverity = List.copyOf(bySeverity);
    }
  }

  /** Copies the lists. */
  public CorruptionAccuracy {
    severities = List.copyOf(severities);
    kinds = List.copyOf(kinds);
  }

  /**
   * The images to corrupt.
   *
   * @param batches the clean ones
   * @param size how many there are
   * @param batchSize images in every batch but the last
   * @param seed root of the corruptions' randomness
   */
  public record Images(Batches batches, int size, int batchSize, Seed seed) {

    private Batches corrupted(CorruptionKind kind, int severity) {
      return new CorruptedBatches(batches, batchSize, kind, severity, seed);
    }
  }

  /**
   * Measures the accuracies. Costs a forward pass over all images per kind and severity, and one for the clean ones.
   *
   * @param network names what is looked at
   * @param evaluator of the classifier
   * @param images the images
   * @param kinds at least one
   * @param severities at least one, each from 1 to 5
   * @param progress hears after every batch
   * @return the accuracies
   */
  public static CorruptionAccuracy measure(
      String network, Evaluator evaluator, Images images, List<CorruptionKind> kinds, List<Integer> severities, AnalysisProgress progress) {
    Evaluation clean = evaluator.evaluate(images.batches(), images.size(), List.of(), progress.of("clean"));
    double seconds = clean.seconds();
    List<Kind> measured = new ArrayList<>();
    for (CorruptionKind kind : kinds) {
      List<Double> accuracies = new ArrayList<>();
      for (int severity : severities) {
        String part = kind.label() + " " + severity;
        Evaluation evaluation = evaluator.evaluate(images.corrupted(kind, severity), images.size(), List.of(), progress.of(part));
        accuracies.add(evaluation.cleanAccuracy());
        seconds += evaluation.seconds();
      }
      measured.add(new Kind(kind.label(), mean(accuracies), accuracies));
    }
    double meanOfKinds = mean(measured.stream().map(Kind::accuracy).toList());
    return new CorruptionAccuracy(network, images.size(), clean.cleanAccuracy(), meanOfKinds, severities, measured, seconds);
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(number -> number).average().orElseThrow();
  }

  /**
   * Draws the accuracies as a map of kinds and severities.
   *
   * @param file a PNG file, replaced if it exists
   * @throws IOException if it cannot be written
   */
  public void draw(Path file) throws IOException {
    String summary =
        String.format(
            Locale.ROOT,
            "%s, %d images: clean %.1f %%, mean over kinds %.1f %%",
            network,
            images,
            100 * cleanAccuracy,
            100 * meanCorruptionAccuracy);
    new MatrixMap(
            "Accuracy on corrupted images",
            summary,
            "corruption",
            kinds.stream().map(Kind::name).toList(),
            "severity",
            severities.stream().map(String::valueOf).toList(),
            kinds.stream().map(Kind::bySeverity).toList())
        .write(file);
  }
}
