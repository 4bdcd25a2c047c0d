package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.ConfigSources;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.train.RunPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingProgressTest {

  @TempDir Path folder;

  /** Of 100 parameters 30 are active, whatever the configuration. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      method=dense | 100 parameters
      method=static | density 0.2, 30 of 100 parameters active
      method=static prune.scorer=snip | density 0.2 by snip (global), 30 of 100 parameters active
      method=static prune.scope=global | density 0.2 by random (global), 30 of 100 parameters active
      method=rigl prune.ticket=T | density 0.2 by the ticket T, 30 of 100 parameters active
      method=gradual prune.scorer=snip | from dense to density 0.2, 30 of 100 parameters active
      method=gradual prune.ticket=T | density 0.2 by the ticket T, 30 of 100 parameters active
      method=robust-bird prune.scorer=snip | density 0.2, 30 of 100 parameters active
      """)
  void theStartSaysHowDenseTheNetworkIs(String settings, String expected) {
    ConfigSources sources = ConfigSources.defaults();
    for (String setting : settings.split(" ")) {
      sources.set(setting);
    }
    StringWriter text = new StringWriter();
    try (TrainingProgress progress = new TrainingProgress(new PlainDisplay(new PrintWriter(text), System::nanoTime), System::nanoTime)) {
      progress.runStarted(new RunPlan(sources.resolve(), folder, 100, 30, 9, 1, 5, 3, EngineChoice.EXACT, 0));
    }
    assertThat(text.toString()).contains(", " + expected + "; ");
  }
}
