package dev.sparrow.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.config.ConfigHash;
import dev.sparrow.config.ConfigSources;
import dev.sparrow.config.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs a file stands for, by hand. */
class ExpansionTest {

  @TempDir Path folder;

  private List<String> folders(String yaml) {
    return SweepFiles.expand(folder, yaml).stream().map(run -> run.entry().folder()).toList();
  }

  @Test
  void variantsCrossedWithTheGridSeedBySeed() {
    List<PlannedRun> runs =
        SweepFiles.expand(
            folder,
            """
            base: {epochs: 5}
            grid: {seed: [1, 2], density: [0.1, 0.2]}
            runs:
              er: {method: static, sparsity.init: er}
              fb: {method: flying-bird}
            """);
    assertThat(runs)
        .extracting(PlannedRun::title)
        .containsExactly("er d0.1 s1", "fb d0.1 s1", "er d0.2 s1", "fb d0.2 s1", "er d0.1 s2", "fb d0.1 s2", "er d0.2 s2", "fb d0.2 s2");
    PlannedRun last = runs.get(7);
    assertThat(last.entry().label()).isEqualTo("fb d0.2");
    assertThat(last.entry().folder()).isEqualTo("fb-d0.2-s2");
    assertThat(last.entry().settings().toString()).isEqualTo("{seed=2, sparsity.density=0.2, method=flying-bird}");
    RunConfig expected = ConfigSources.defaults().set("method=flying-bird").set("sparsity.density=0.2").set("seed=2").set("epochs=5").resolve();
    assertThat(last.config()).isEqualTo(expected);
    assertThat(last.entry().hash()).isEqualTo(ConfigHash.of(expected));
  }

  @Test
  void withoutRunsTheMethodIsTheName() {
    assertThat(folders("grid: {method: [rigl, set], seed: [7]}")).containsExactly("rigl-s7", "set-s7");
    assertThat(folders("base: {method: set}")).containsExactly("set");
    assertThat(folders("{}")).containsExactly("dense");
  }

  @Test
  void aGridThatExplodesIsRefused() {
    String hundred = IntStream.range(1, 101).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    assertThatThrownBy(() -> folders("grid: {seed: %s, epochs: %s, network.width: [1, 2]}".formatted(hundred, hundred)))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("sweep: expected at most 10000 runs, got 20000 (");
  }

  @Test
  void runsThatComputeTheSameArePlannedOnce() {
    assertThat(folders("grid: {method: [dense, static], density: [0.1, 0.2], seed: [1, 2]}"))
        .containsExactly("dense-s1", "static-d0.1-s1", "static-d0.2-s1", "dense-s2", "static-d0.1-s2", "static-d0.2-s2");
    assertThat(folders("grid: {density: [0.2, 0.20]}\nbase: {method: set}")).containsExactly("set-d0.2");
    assertThat(folders("runs: {a: {method: set}, b: {method: set, sparsity.growth: random}}")).containsExactly("a");
  }

  @Test
  void smallDenseIsDenseAndHasADensity() {
    assertThat(folders("base: {network.arch: smalldense}\ngrid: {density: [0.1, 0.2]}")).containsExactly("dense-d0.1", "dense-d0.2");
  }

  @Test
  void aRunsOwnSettingsWinOverTheGrid() {
    List<PlannedRun> runs =
        SweepFiles.expand(
            folder, "base: {density: 0.5}\ngrid: {density: [0.1, 0.2]}\nruns: {thin: {method: set, density: 0.05}, any: {method: set}}");
    assertThat(runs).extracting(PlannedRun::title).containsExactly("thin", "any d0.1", "any d0.2");
    assertThat(runs).extracting(run -> run.config().sparsity().density().value()).containsExactly(0.05, 0.1, 0.2);
  }

  @Test
  void valuesOfEveryKindMakeReadableNames() {
    assertThat(folders("grid: {trainAttack: {eps: [8/255, 0]}, norm: [l2], sparsity.dynamicFrequency: [true]}\nbase: {method: set}"))
        .containsExactly(
            "set-trainAttack.eps-8_255-norm-l2-sparsity.dynamicFrequency-true", "set-trainAttack.eps-0-norm-l2-sparsity.dynamicFrequency-true");
    assertThat(folders("grid: {optimizer.lrMilestones: [[1, 2], [3]]}"))
        .containsExactly("dense-optimizer.lrMilestones-1_2", "dense-optimizer.lrMilestones-3");
  }

  @Test
  void oneNameSetsSeveralKeys() {
    RunConfig config = SweepFiles.expand(folder, "base: {norm: l2}").get(0).config();
    assertThat(config.trainAttack().norm().label()).isEqualTo("l2");
    assertThat(config.testAttack().norm().label()).isEqualTo("l2");
  }

  @Test
  void namesThatCannotBeTwoFoldersAreRefused() {
    assertThatThrownBy(() -> folders("runs: {SNIP: {method: set}, snip: {method: static}}"))
        .isInstanceOf(BadInput.class)
        .hasMessage("run folder: expected a name of its own for every run, got 'snip' twice (%s)", folder.resolve("sweep.yaml"));
  }

  @Test
  void valuesAreJudgedWithThePlaceTheyCameFrom() {
    Path file = folder.resolve("sweep.yaml");
    assertThatThrownBy(() -> folders("grid: {density: [0.1, 1.5]}"))
        .hasMessage("density: expected a number in (0, 1], got 1.5 (%s, grid)", file);
    assertThatThrownBy(() -> folders("base: {densty: 0.1}"))
        .hasMessage("configuration key: expected a known one, perhaps 'sparsity.density', got 'densty' (%s, base)", file);
    assertThatThrownBy(() -> folders("runs: {a: {epochs: many}}"))
        .hasMessage("epochs: expected a whole number, got 'many' (%s, runs, a)", file);
  }
}
