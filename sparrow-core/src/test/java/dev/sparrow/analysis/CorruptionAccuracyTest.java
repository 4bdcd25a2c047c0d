package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.data.corruption.CorruptionKind;
import dev.sparrow.eval.Evaluator;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptionAccuracyTest {

  /**
   * Greys of 0.4 and 0.25 are right below 0.5. Brightness adds 0.05, 0.1, 0.15, 0.2 and 0.3, rounded down to bytes: the first is right up
   * to severity 2, the second up to 4. Contrast changes nothing in a grey image.
   */
  @Test
  void countsByKindAndSeverity(@TempDir Path folder) throws IOException {
    List<String> parts = new ArrayList<>();
    try (LinearClassifier model = SumClassifier.create()) {
      CorruptionAccuracy accuracy =
          CorruptionAccuracy.measure(
              "sum",
              new Evaluator(model, DeviceSpec.CPU, 2, new Seed(1)),
              new CorruptionAccuracy.Images(SumClassifier.greys(102 / 255.0, 64 / 255.0), 2, 2, new Seed(1)),
              List.of(CorruptionKind.BRIGHTNESS, CorruptionKind.CONTRAST),
              List.of(1, 2, 3, 4, 5),
              (part, done, total) -> parts.add(part));
      assertThat(accuracy.cleanAccuracy()).isEqualTo(1);
      assertThat(accuracy.kinds().get(0)).isEqualTo(new CorruptionAccuracy.Kind("brightness", 0.6, List.of(1.0, 1.0, 0.5, 0.5, 0.0)));
      assertThat(accuracy.kinds().get(1)).isEqualTo(new CorruptionAccuracy.Kind("contrast", 1, List.of(1.0, 1.0, 1.0, 1.0, 1.0)));
      assertThat(accuracy.meanCorruptionAccuracy()).isCloseTo(0.8, within(1e-12));
      assertThat(parts).startsWith("clean").endsWith("contrast 5").contains("brightness 3");
      accuracy.draw(folder.resolve("corruptions.png"));
      assertThat(ImageIO.read(folder.resolve("corruptions.png").toFile())).isNotNull();
    }
  }
}
