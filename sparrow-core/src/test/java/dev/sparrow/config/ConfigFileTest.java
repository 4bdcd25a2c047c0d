package dev.sparrow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  /** The canonical text below was written by hand; its SHA-256 was computed by coreutils' sha256sum. */
  private static final String CANONICAL =
      "{\"epochs\":3,\"method\":\"flying-bird\",\"optimizer.lrMilestones\":[1,2],\"sparsity.density\":0.1,\"trainAttack.eps\":\"4/255\"}";

  private static final String HASH = "sha256:5650158c561054289c9223648cd00413fb887ef73a40caa57e86a33b296e772d";

  @TempDir Path folder;

  private static ConfigSources some() {
    return ConfigSources.defaults()
        .set("trainAttack.eps=4/255")
        .set("sparsity.density=0.1")
        .set("method=flying-bird")
        .set("optimizer.lrMilestones=1,2")
        .set("epochs=3");
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    RunConfig config = some().set("data.dir=/images").set("sparsity.dynamicEpoch=2").resolve();
    Path file = Files.writeString(folder.resolve("config.json"), ConfigFile.text(config));
    assertThat(ConfigFile.read(file)).isEqualTo(config);
    assertThat(ConfigSources.defaults().file(file).set("epochs=4").resolve().epochs()).isEqualTo(4);
  }

  @Test
  void startsWithVersionAndHashAndHoldsDefaults() {
    assertThat(ConfigFile.text(some().resolve()))
        .startsWith("{\n  \"version\": 1,\n  \"hash\": \"" + HASH + "\",\n  \"method\": \"flying-bird\",\n  \"data\": {\n")
        .contains("\"eps\": \"4/255\"", "\"weightDecay\": 5.0E-4", "\"lrMilestones\": [1, 2]", "\"checkpointEvery\": 0")
        .doesNotContain("\"dir\"", "dynamicEpoch")
        .endsWith("}\n");
  }

  @Test
  void anEditedFileIsRefused() throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, ConfigFile.text(some().resolve()).replace("\"epochs\": 3", "\"epochs\": 4"));
    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("hash: expected sha256:")
        .hasMessageEndingWith(" as the values have it, got " + HASH + " (" + file + ")");
  }

  @Test
  void hashIsPinned() {
    assertThat(ConfigHash.canonical(some().resolve())).isEqualTo(CANONICAL);
    assertThat(ConfigHash.of(some().resolve())).isEqualTo(HASH);
  }

  @Test
  void theDefaultIsTheEmptyObject() {
    assertThat(ConfigHash.canonical(RunConfig.DEFAULT)).isEqualTo("{}");
    // sha256sum of the two characters {}
    assertThat(ConfigHash.of(RunConfig.DEFAULT)).isEqualTo("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @Test
  void onlyWhatChangesResultsIsHashed() {
    RunConfig config = some().resolve();
    assertThat(ConfigHash.of(some().set("data.dir=/elsewhere").set("runtime.checkpointEvery=5").resolve())).isEqualTo(HASH);
    assertThat(ConfigHash.of(some().set("batchSize=128").resolve())).isEqualTo(ConfigHash.of(config));
    assertThat(ConfigHash.of(some().set("runtime.threads=2").resolve())).isNotEqualTo(HASH);
    assertThat(ConfigHash.of(some().set("runtime.engine=sparse").resolve())).isNotEqualTo(HASH);
    assertThat(ConfigHash.of(some().set("seed=2").resolve())).isNotEqualTo(HASH);
  }

  @Test
  void aCheckpointsHashIsThatOfTheDenseEngine() {
    assertThat(ConfigHash.acrossEngines(some().resolve())).isEqualTo(HASH);
    assertThat(ConfigHash.acrossEngines(some().set("runtime.engine=sparse").resolve())).isEqualTo(HASH);
    assertThat(ConfigHash.acrossEngines(some().set("runtime.engine=auto").set("seed=2").resolve())).isNotEqualTo(HASH);
  }
}
