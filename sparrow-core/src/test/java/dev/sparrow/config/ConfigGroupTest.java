package dev.sparrow.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigGroupTest {

  private static ConfigGroup group(String assignments) {
    ConfigSources sources = ConfigSources.defaults();
    for (String assignment : assignments.split(" ")) {
      sources.set(assignment);
    }
    return ConfigGroup.of(sources.resolve());
  }

  @ParameterizedTest
  @CsvSource({
    "static, seed=2",
    "static, data.dir=/elsewhere",
    "static, runtime.device=cuda",
    "static, runtime.threads=1",
    "static, runtime.checkpointEvery=10",
    "static, earlyBird.epochs=3",
    "static, network.widthFactor=2",
    "dense, sparsity.density=0.1",
    "dense, sparsity.growth=random",
    "dense, prune.scorer=snip",
    "dense, prune.rounds=2",
    "dense, earlyBird.threshold=0.2",
    "dense objective=standard, trainAttack.steps=3",
    "dense objective=standard, attackMode=eval",
    "dense objective=fgsm, trainAttack.steps=3"
  })
  void chanceAndWhatIsNotReadDoNotMatter(String method, String assignment) {
    assertThat(group("method=" + method + " " + assignment)).isEqualTo(group("method=" + method));
  }

  @ParameterizedTest
  @CsvSource({
    "static, sparsity.density=0.1",
    "static, sparsity.init=erk",
    "static, prune.scorer=snip",
    "static, prune.scope=global",
    "static, runtime.precision=fp32",
    "static, runtime.engine=sparse",
    "static, epochs=3",
    "static, data.limitTest=10",
    "static, trainAttack.steps=3",
    "static network.arch=wideresnet, network.widthFactor=2",
    "dense network.arch=smalldense, sparsity.density=0.1",
    "dense, testAttack.eps=4/255",
    "robust-bird, sparsity.density=0.1",
    "robust-bird, earlyBird.rewindEpoch=3",
    "dense objective=standard, testAttack.steps=3",
    "dense objective=fgsm, trainAttack.eps=4/255"
  })
  void whateverARunReadsMatters(String method, String assignment) {
    assertThat(group("method=" + method + " " + assignment)).isNotEqualTo(group("method=" + method));
  }

  @Test
  void valuesAreTextsAndEmptyOnesAreDefaults() {
    assertThat(group("method=static sparsity.density=0.1").values())
        .containsEntry("method", "static")
        .containsEntry("sparsity.density", "0.1")
        .containsEntry("testAttack.eps", "8/255")
        .containsEntry("prune.scope", "default")
        .doesNotContainKeys("seed", "data.dir", "runtime.device", "earlyBird.epochs");
  }
}
