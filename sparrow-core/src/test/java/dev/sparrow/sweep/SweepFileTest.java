package dev.sparrow.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          gird: {seed: [1]} | sweep key: expected a known one, perhaps 'grid', got 'gird' (FILE)
          base: 3 | base: expected keys and values, got 3 (FILE)
          runs: {a: rigl} | a: expected keys and values, got "rigl" (FILE)
          grid: {seed: 1} | seed: expected a list of one or more values, got 1 (FILE, grid)
          grid: {seed: []} | seed: expected a list of one or more values, got [] (FILE, grid)
          base: {density: 0.1, sparsity.density: 0.2} | sparsity.density: expected one value, got one as 'density' and one as 'sparsity.density' (FILE, base)
          base: {sparsity: {density: 0.1}, sparsity.density: 0.2} | sparsity.density: expected one value, got 0.1 and 0.2 (FILE, base)
          grid: {norm: [l2], testAttack.norm: [l2]} | testAttack.norm: expected one value, got one as 'norm' and one as 'testAttack.norm' (FILE, grid)
          runs: {a b: {method: set}} | name of a run: expected letters and digits, then also '.', '_', '+' and '-', got 'a b' (FILE, runs)
          runs: {..: {method: set}} | name of a run: expected letters and digits, then also '.', '_', '+' and '-', got '..' (FILE, runs)
          [1] | sweep: expected keys and values, got array (FILE)
          """)
  void mistakesAreOneLine(String text, String message) {
    Path file = SweepFiles.write(folder, "sweep.yaml", text);
    assertThatThrownBy(() -> SweepFile.read(file, SweepFiles.NAMES))
        .isInstanceOf(BadInput.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void duplicateKeysAreRefusedInBothFormats() {
    Path yaml = SweepFiles.write(folder, "twice.yaml", "runs: {a: {epochs: 1}, a: {epochs: 2}}");
    assertThatThrownBy(() -> SweepFile.read(yaml, SettingNames.KEYS_ONLY))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("YAML: expected well-formed text, got Duplicate field 'a'");
    Path json = SweepFiles.write(folder, "twice.json", "{\"base\": {\"epochs\": 1, \"epochs\": 2}}");
    assertThatThrownBy(() -> SweepFile.read(json, SettingNames.KEYS_ONLY)).hasMessageContaining("Duplicate field 'epochs'");
  }

  @Test
  void yamlAndJsonPlanTheSame() {
    Path yaml = SweepFiles.write(folder, "a.yaml", "base: {epochs: 3}\ngrid: {density: [0.1], seed: [1, 2]}\nruns: {x: {method: set}}\n");
    Path json =
        SweepFiles.write(
            folder,
            "a.json",
            "{\"base\": {\"epochs\": 3}, \"grid\": {\"density\": [0.1], \"seed\": [1, 2]}, \"runs\": {\"x\": {\"method\": \"set\"}}}");
    assertThat(Expansion.of(SweepFile.read(yaml, SweepFiles.NAMES)))
        .hasSize(2)
        .isEqualTo(Expansion.of(SweepFile.read(json, SweepFiles.NAMES)));
  }

  @Test
  void onlyYamlTakesTextsForNumbers() {
    Path json = SweepFiles.write(folder, "a.json", "{\"base\": {\"epochs\": \"3\"}}");
    assertThatThrownBy(() -> Expansion.of(SweepFile.read(json, SweepFiles.NAMES)))
        .hasMessage("epochs: expected a whole number, got '3' (%s, base)", json);
    Path yaml = SweepFiles.write(folder, "a.yaml", "base: {epochs: '3', optimizer.lr: 5e-2}");
    assertThat(Expansion.of(SweepFile.read(yaml, SweepFiles.NAMES)).get(0).config().optimizer().lr()).isEqualTo(0.05);
  }
}
