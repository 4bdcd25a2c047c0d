package dev.sparrow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.data.DatasetName;
import dev.sparrow.units.Density;
import dev.sparrow.units.Epsilon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSourcesTest {

  @TempDir Path folder;

  @Test
  void nothingGivenIsTheDefault() {
    assertThat(ConfigSources.defaults().resolve()).isEqualTo(RunConfig.DEFAULT);
  }

  @Test
  void partialYamlOverDefaults() throws IOException {
    Path file = write(
        "run.yaml",
        """
        method: flying-bird-plus
        epochs: 3
        sparsity: {density: 1, dynamicEpoch: 2}
        trainAttack:
          eps: 0.5
          stepSize: 1/255
        optimizer:
          lr: 5e-2
          lrMilestones: [1, 2]
        """);
    RunConfig config = ConfigSources.defaults().file(file).resolve();
    assertThat(config.method()).isEqualTo(Method.FLYING_BIRD_PLUS);
    assertThat(config.epochs()).isEqualTo(3);
    assertThat(config.sparsity().density()).isEqualTo(new Density(1));
    assertThat(config.sparsity().dynamicEpoch()).isEqualTo(OptionalInt.of(2));
    assertThat(config.sparsity().window()).isEqualTo(4);
    assertThat(config.trainAttack().eps()).isEqualTo(new Epsilon(0.5));
    assertThat(config.trainAttack().stepSize()).isEqualTo(new Epsilon(1 / 255.0));
    assertThat(config.optimizer().lr()).isEqualTo(0.05);
    assertThat(config.optimizer().lrMilestones()).containsExactly(1, 2);
    assertThat(config.batchSize()).isEqualTo(128);
  }

  @Test
  void laterSourcesWin() throws IOException {
    Path first = write("first.json", "{\"epochs\": 3, \"batchSize\": 64}");
    Path second = write("second.json", "{\"epochs\": 4}");
    RunConfig config = ConfigSources.defaults().file(first).file(second).set("epochs=5").set("epochs", "6", "--epochs").resolve();
    assertThat(config.epochs()).isEqualTo(6);
    assertThat(config.batchSize()).isEqualTo(64);
  }

  @Test
  void singleValuesOfEveryKind() {
    RunConfig config =
        ConfigSources.defaults()
            .set("sparsity.density=0.1")
            .set("sparsity.dynamicFrequency=true")
            .set("optimizer.lrMilestones=10, 20")
            .set("trainAttack.eps = 8/255")
            .set("data.dataset=cifar10")
            .set("data.dir=/images/a=b")
            .set("seed=7")
            .resolve();
    assertThat(config.sparsity().density().value()).isEqualTo(0.1);
    assertThat(config.sparsity().dynamicFrequency()).isTrue();
    assertThat(config.optimizer().lrMilestones()).isEqualTo(List.of(10, 20));
    assertThat(config.trainAttack().eps().value()).isEqualTo(8 / 255.0);
    assertThat(config.data().dataset()).isEqualTo(DatasetName.CIFAR10);
    assertThat(config.data().dir()).isEqualTo(Optional.of("/images/a=b"));
    assertThat(config.seed().value()).isEqualTo(7);
  }

  @Test
  void anEmptyTextEmptiesAnOptionalValueAndAList() {
    ConfigSources given = ConfigSources.defaults().set("sparsity.dynamicEpoch=3").set("sparsity.dynamicEpoch=").set("optimizer.lrMilestones=");
    assertThat(given.resolve().sparsity().dynamicEpoch()).isEmpty();
    assertThat(given.resolve().optimizer().lrMilestones()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sparsity.densty, sparsity.density",
    "density, sparsity.density",
    "sparsity.update-frequency, sparsity.updateFrequency",
    "testattack.steps, testAttack.steps",
    "epoch, epochs"
  })
  void unknownKeysNameTheNearestKnownOne(String typed, String meant) {
    assertThatThrownBy(() -> ConfigSources.defaults().set(typed + "=1"))
        .isInstanceOf(BadInput.class)
        .hasMessage("configuration key: expected a known one, perhaps '%s', got '%s' (--set %s=1)", meant, typed, typed);
  }

  @Test
  void unknownKeysInFiles() throws IOException {
    Path file = write("run.json", "{\"sparsity\": {\"densty\": 0.1}}");
    assertThatThrownBy(() -> ConfigSources.defaults().file(file))
        .hasMessage("configuration key: expected a known one, perhaps 'sparsity.density', got 'sparsity.densty' (%s)", file);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{\"epochs\": \"ten\"}           | epochs: expected a whole number, got 'ten' (FILE)",
    "{\"epochs\": \"10\"}            | epochs: expected a whole number, got '10' (FILE)",
    "{\"epochs\": 1.5}               | epochs: expected a whole number, got 1.5 (FILE)",
    "{\"epochs\": null}              | epochs: expected a whole number, got null (FILE)",
    "{\"sparsity\": 0.2}             | sparsity: expected keys such as 'sparsity.density', got 0.2 (FILE)",
    "{\"sparsity\": {\"density\": true}} | sparsity.density: expected a number, got true (FILE)",
    "{\"sparsity\": {\"dynamicFrequency\": 1}} | sparsity.dynamicFrequency: expected true or false, got 1 (FILE)",
    "{\"optimizer\": {\"lrMilestones\": [1, \"2\"]}} | optimizer.lrMilestones: expected a list of whole numbers, got [1,\"2\"] (FILE)",
    "{\"method\": [1]}               | method: expected a text, got [1] (FILE)",
    "[1]                             | configuration: expected keys and values, got array (FILE)",
    "{\"version\": 2}                | version: expected 1 to 1, got 2 (FILE)",
    "{\"epochs\": 3000000000}        | epochs: expected a value that fits, got Numeric value (3000000000) out of range of int (-2147483648 - 2147483647) (FILE)",
    "{\"epochs\": 0}                 | --epochs: expected a whole number of at least 1, got 0 (FILE)",
    "{\"sparsity\": {\"density\": 1.5}} | density: expected a number in (0, 1], got 1.5 (FILE)",
    "{\"sparsity\": {\"dropFraction\": 2}} | --drop-fraction: expected a number in [0.0, 1.0], got 2.0 (FILE)",
    "{\"method\": \"fbb\"}           | method: expected one of dense, static, set, rigl, flying-bird, flying-bird-plus, gradual, early-bird, robust-bird, custom, got 'fbb' (FILE)",
  })
  void wrongValuesAreOneLine(String text, String message) throws IOException {
    Path file = write("run.json", text);
    assertThatThrownBy(() -> ConfigSources.defaults().file(file).resolve())
        .isInstanceOf(BadInput.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void malformedAndMissingFiles() throws IOException {
    Path json = write("run.json", "{\n\"epochs\": }");
    assertThatThrownBy(() -> ConfigSources.defaults().file(json))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("JSON: expected one well-formed value, got Unexpected character ('}'")
        .hasMessageEndingWith("(" + json + ", line 2)")
        .hasMessageNotContaining("\n");
    Path yaml = write("run.yaml", "epochs: [1\n");
    assertThatThrownBy(() -> ConfigSources.defaults().file(yaml))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("YAML: expected well-formed text, got ")
        .hasMessageNotContaining("\n");
    Path twice = write("twice.yaml", "epochs: 1\nepochs: 2\n");
    assertThatThrownBy(() -> ConfigSources.defaults().file(twice)).isInstanceOf(BadInput.class);
    Path missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> ConfigSources.defaults().file(missing)).hasMessage("file: expected a JSON file, got nothing (%s)", missing);
  }

  @Test
  void rangeErrorsNameTheOptionThatGaveTheValue() {
    assertThatThrownBy(() -> ConfigSources.defaults().set("sparsity.density", "0", "--density").resolve())
        .hasMessage("density: expected a number in (0, 1], got 0.0 (--density)");
    assertThatThrownBy(() -> ConfigSources.defaults().set("epochs=many"))
        .hasMessage("epochs: expected a whole number, got 'many' (--set epochs=many)");
    assertThatThrownBy(() -> ConfigSources.defaults().set("epochs"))
        .isInstanceOfSatisfying(BadInput.class, fault -> assertThat(fault.isUsage()).isTrue())
        .hasMessage("--set: expected key=value, got 'epochs'");
  }

  @Test
  void distanceIsLevenshteins() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("flaw", "lawn")).isEqualTo(2);
    assertThat(Nearest.distance("same", "same")).isZero();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
