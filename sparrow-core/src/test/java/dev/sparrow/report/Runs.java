package dev.sparrow.report;

import dev.sparrow.config.ConfigSources;
import dev.sparrow.report.EpochRecord.Validation;
import dev.sparrow.sparse.DensityEvent;
import java.awt.Color;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Made-up runs. */
final class Runs {

  private Runs() {}

  /** Validation robust accuracy rises to 0.45 in epoch 2 and stays; density events come in turn. */
  static StoredRun run(String method, int epochs) {
    double density = method.equals("dense") ? 1 : 0.2;
    return new StoredRun(
        ConfigSources.defaults().set("method", method, "test").set("epochs", "40", "test").resolve(),
        IntStream.range(0, epochs).mapToObj(epoch -> epoch(epoch, density)).toList(),
        Optional.empty());
  }

  private static EpochRecord epoch(int epoch, double density) {
    double robust = 0.25 + 0.1 * Math.min(epoch, 2);
    return new EpochRecord(
        epoch,
        0.1,
        2 - robust,
        robust + 0.02 * epoch,
        new Validation(robust + 0.3, robust, 2 - robust),
        Optional.of(new EpochRecord.Test(robust + 0.2, robust - 0.1)),
        density,
        density < 1 ? 0.5 : 0,
        density < 1 ? 0.3 : 1,
        density < 1 ? DensityEvent.values()[epoch % 4] : DensityEvent.NONE,
        61.25,
        812.5);
  }

  static EpochRecord withoutTest(EpochRecord e) {
    return new EpochRecord(
        e.epoch(), e.lr(), e.trainLoss(), e.trainAccuracy(), e.validation(), Optional.empty(), e.density(), e.dropFraction(), e.explored(),
        e.event(), e.seconds(), e.imagesPerSecond());
  }

  /** Relative luminance as WCAG 2 defines it. */
  static double luminance(Color color) {
    double[] linear =
        DoubleStream.of(color.getRed(), color.getGreen(), color.getBlue())
            .map(c -> c / 255)
            .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }
}
