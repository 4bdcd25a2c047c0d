package dev.sparrow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IgnoredKeysTest {

  private static RunConfig config(String... settings) {
    ConfigSources sources = ConfigSources.defaults();
    for (String setting : settings) {
      sources.set(setting);
    }
    return sources.resolve();
  }

  @ParameterizedTest
  @CsvSource({
    "dense, sparsity.density, true",
    "dense, sparsity.dynamicEpoch, true",
    "dense, prune.ticket, true",
    "dense, earlyBird.epochs, true",
    "dense, optimizer.lr, false",
    "static, sparsity.density, false",
    "static, sparsity.init, false",
    "static, sparsity.dropFraction, true",
    "static, prune.scorer, false",
    "set, sparsity.growth, true",
    "set, sparsity.dropFraction, false",
    "rigl, sparsity.growth, true",
    "rigl, sparsity.window, true",
    "flying-bird, sparsity.growth, false",
    "flying-bird, sparsity.pruneRatio, true",
    "flying-bird, sparsity.secondUpdateFrequency, true",
    "flying-bird-plus, sparsity.pruneRatio, false",
    "flying-bird-plus, sparsity.dynamicEpoch, false",
    "flying-bird-plus, earlyBird.window, true",
    "gradual, prune.gradualEnd, false",
    "gradual, sparsity.updateFrequency, false",
    "gradual, sparsity.growth, true",
    "gradual, sparsity.init, true",
    "gradual, prune.scorer, true",
    "gradual, prune.scope, false",
    "robust-bird, prune.scorer, true",
    "robust-bird, prune.gradualEnd, true",
    "robust-bird, prune.allowCollapse, false",
    "gradual, prune.allowCollapse, false",
    "early-bird, sparsity.density, false",
    "early-bird, sparsity.init, true",
    "early-bird, earlyBird.window, false",
    "robust-bird, sparsity.density, false",
    "robust-bird, sparsity.dropFraction, true",
    "robust-bird, earlyBird.window, false"
  })
  void ofAMethod(String method, String key, boolean ignored) {
    assertThat(IgnoredKeys.of(config("method=" + method)).contains(key)).isEqualTo(ignored);
  }

  @Test
  void ofTheFirstMasks() {
    assertThat(IgnoredKeys.of(config("method=static"))).contains("prune.rounds", "prune.batches").doesNotContain("sparsity.init");
    assertThat(IgnoredKeys.of(config("method=gradual", "prune.scope=layer"))).doesNotContain("sparsity.init");
    assertThat(IgnoredKeys.of(config("method=static", "prune.scope=global"))).contains("sparsity.init").doesNotContain("prune.rounds");
    assertThat(IgnoredKeys.of(config("method=static", "prune.scorer=snip")))
        .contains("sparsity.init", "prune.gradualEnd")
        .doesNotContain("prune.rounds", "prune.batches", "prune.scope");
    assertThat(IgnoredKeys.of(config("method=set", "prune.scorer=synflow", "prune.scope=layer")))
        .contains("prune.batches")
        .doesNotContain("sparsity.init", "prune.rounds");
  }

  @Test
  void ofOtherChoices() {
    assertThat(IgnoredKeys.of(config("network.arch=smalldense"))).doesNotContain("sparsity.density").contains("sparsity.init");
    assertThat(IgnoredKeys.of(config("network.arch=wideresnet"))).doesNotContain("network.depthFactor", "network.widthFactor");
    assertThat(IgnoredKeys.of(config())).contains("network.depthFactor").doesNotContain("optimizer.lrMilestones", "trainAttack.eps");
    assertThat(IgnoredKeys.of(config("optimizer.lrSchedule=cosine"))).contains("optimizer.lrMilestones");
    assertThat(IgnoredKeys.of(config("objective=standard")))
        .contains("trainAttack.eps", "trainAttack.norm", "attackMode")
        .doesNotContain("testAttack.eps");
    assertThat(IgnoredKeys.of(config("objective=fgsm")))
        .contains("trainAttack.steps", "trainAttack.stepSize")
        .doesNotContain("trainAttack.eps", "trainAttack.norm", "attackMode");
    assertThat(IgnoredKeys.of(config("method=robust-bird", "objective=standard"))).doesNotContain("trainAttack.eps", "attackMode");
    assertThat(IgnoredKeys.of(config("method=rigl", "sparsity.dynamicFrequency=true"))).doesNotContain("sparsity.secondUpdateFrequency");
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void allAreKeys(Method method) {
    assertThat(ConfigTree.keys()).containsAll(IgnoredKeys.of(config("method=" + method.label(), "objective=standard")));
  }

  @Test
  void resettingPutsDefaultsBack() {
    RunConfig odd =
        config(
            "sparsity.density=0.05", "sparsity.dynamicEpoch=3", "prune.scorer=snip", "prune.rounds=7", "earlyBird.threshold=0.5",
            "network.depthFactor=16", "seed=9");
    assertThat(IgnoredKeys.reset(odd)).isEqualTo(config("seed=9"));
    RunConfig sparse = config("method=flying-bird-plus", "sparsity.density=0.05", "sparsity.dynamicEpoch=3", "sparsity.window=2");
    assertThat(IgnoredKeys.reset(sparse)).isEqualTo(sparse);
  }

  @Test
  void whatIsLeftDecidesTheHash() {
    Set<String> hashes =
        Set.of(
            ConfigHash.of(IgnoredKeys.reset(config("sparsity.density=0.1"))),
            ConfigHash.of(IgnoredKeys.reset(config("seed=2"))));
    assertThat(hashes).contains(ConfigHash.of(RunConfig.DEFAULT)).hasSize(2);
  }
}
