package dev.sparrow.interop;

import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.Findings;
import dev.sparrow.checkpoint.MaskKind;
import dev.sparrow.checkpoint.MaskSource;
import dev.sparrow.checkpoint.WeightsFile;
import dev.sparrow.data.Normalization;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks through an open file of weights. */
final class ImportSummary {

  private final Path file;
  private final Known known;
  private final Optional<Normalization> normalization;
  private final boolean described;
  private final WeightsFile weights;
  private final Weights values;
  private final List<ImportReport.Layer> layers = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private long maskedSize;
  private long active;
  private long overruled;

  ImportSummary(Path file, Known known, Optional<Normalization> normalization, boolean described, WeightsFile weights) throws IOException {
    this.file = file;
    this.known = known;
    this.normalization = normalization;
    this.described = described;
    this.weights = weights;
    this.values = weights.read();
  }

  ImportReport report() throws IOException {
    for (Map.Entry<String, Shape> weight : weights.blueprint().prunable().entrySet()) {
      layers.add(layer(weight.getKey(), weight.getValue()));
    }
    Findings found = weights.findings();
    Optional<ImportReport.Masks> masks =
        maskedSize == 0
            ? Optional.empty()
            : Optional.of(new ImportReport.Masks(weights.masks().masked().size(), active / (double) maskedSize, overruled));
    warn(found);
    return new ImportReport(
        file.toString(),
        found,
        weights.info(),
        architectureFrom(),
        normalizationFrom(found),
        weights.blueprint().parameterCount(),
        values.nonzeroFraction(),
        layers,
        masks,
        warnings,
        Optional.empty());
  }

  private ImportReport.Layer layer(String name, Shape shape) throws IOException {
    MaskSource masks = weights.masks();
    Optional<Double> activeFraction = Optional.empty();
    if (masks.masked().contains(name)) {
      long ones = count(masks.mask(name));
      activeFraction = Optional.of(ones / (double) shape.size());
      maskedSize += shape.size();
      active += ones;
      overruled += masks.overruled(name);
    }
    return new ImportReport.Layer(name, shape, count(values.active(name)) / (double) shape.size(), activeFraction);
  }

  private static long count(boolean[] flags) {
    long count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  private KnownFrom architectureFrom() {
    if (described) {
      return KnownFrom.DESCRIPTION;
    }
    return known.arch().isPresent() ? KnownFrom.OPTION : KnownFrom.TENSORS;
  }

  private KnownFrom normalizationFrom(Findings found) {
    if (found.normalization()) {
      return described ? KnownFrom.DESCRIPTION : KnownFrom.TENSORS;
    }
    return normalization.isPresent() ? KnownFrom.OPTION : KnownFrom.NOWHERE;
  }

  private void warn(Findings found) {
    if (overruled > 0 && found.masks().filter(MaskKind.REFERENCE::equals).isPresent()) {
      warnings.add("mask disagrees with weights: " + overruled + " masked weights were not zero and became zero");
    }
    normalization
        .filter(given -> found.normalization() && !given.equals(weights.info().normalization()))
        .ifPresent(given -> warnings.add("normalization " + given + " gave way to the file's, " + weights.info().normalization()));
    values.values().forEach(this::warnUnlessFinite);
  }

  private void warnUnlessFinite(String name, float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        warnings.add(name + " has values that are not finite");
        return;
      }
    }
  }
}
