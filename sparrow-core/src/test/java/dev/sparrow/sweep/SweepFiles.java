package dev.sparrow.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sweep files of tests, and names like those of the command line. */
final class SweepFiles {

  static final SettingNames NAMES =
      name ->
          switch (name) {
            case "density" -> List.of("sparsity.density");
            case "norm" -> List.of("trainAttack.norm", "testAttack.norm");
            default -> List.of(name);
          };

  /** A run of about a second on 32 images, 29 of them to train on. */
  static final String BASE =
      """
      base:
        data: {limitTrain: 32, limitTest: 8}
        network: {width: 2}
        batchSize: 16
        epochs: 2
        trainAttack.steps: 1
        testAttack.steps: 1
        optimizer.lr: 0.05
        runtime: {precision: fp32, threads: 1, device: cpu}
      """;

  private SweepFiles() {}

  static Path write(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<PlannedRun> expand(Path folder, String yaml) {
    return Expansion.of(SweepFile.read(write(folder, "sweep.yaml", yaml), NAMES));
  }
}
