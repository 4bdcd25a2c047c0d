package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.config.IgnoredKeys;
import dev.sparrow.config.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that a run is said to ignore change nothing in what it computes. One row enrols a configuration. */
class IgnoredKeysRunTest {

  private static final List<String> ODD =
      List.of(
          "sparsity.density=0.7", "sparsity.init=uniform", "sparsity.growth=momentum", "sparsity.dropFraction=0.9",
          "sparsity.dropSchedule=constant", "sparsity.updateFrequency=1", "sparsity.secondUpdateFrequency=1",
          "sparsity.dynamicFrequency=true", "sparsity.dynamicEpoch=1", "sparsity.window=3", "sparsity.updateThreshold=0.1",
          "sparsity.pruneRatio=0.9", "sparsity.growthRatio=0.9", "prune.scorer=magnitude", "prune.batches=2", "prune.rounds=3",
          "prune.gradualStart=0.1", "prune.gradualEnd=0.2", "earlyBird.epochs=3", "network.depthFactor=16", "network.widthFactor=2",
          "optimizer.lrMilestones=0", "trainAttack.steps=3", "trainAttack.stepSize=0.5", "trainAttack.randomStart=false", "trainAttack.eps=0.1",
          "attackMode=eval", "prune.scope=layer", "prune.allowCollapse=true");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method=dense", "method=static", "method=static prune.scope=global", "method=static prune.scorer=snip", "method=set", "method=rigl",
        "method=flying-bird", "method=gradual", "method=early-bird", "method=robust-bird earlyBird.epochs=1",
        "method=robust-bird earlyBird.epochs=1 earlyBird.objective=fast", "objective=standard", "objective=fgsm", "objective=n-fgsm",
        "optimizer.lrSchedule=cosine"
      })
  void changeNothing(String settings) throws IOException {
    List<String> common = new ArrayList<>(List.of("network.width=2", "data.limitTrain=40", "data.limitTest=8", "batchSize=18", "epochs=1"));
    common.addAll(List.of(settings.split(" ")));
    RunConfig plain = IgnoredKeys.reset(SmallRuns.config(common.toArray(String[]::new)));
    Set<String> ignored = IgnoredKeys.of(plain);
    List<String> odd = ODD.stream().filter(assignment -> ignored.contains(assignment.substring(0, assignment.indexOf('=')))).toList();
    assertThat(odd).hasSizeGreaterThan(2);
    RunConfig strange = SmallRuns.config(Stream.concat(common.stream(), odd.stream()).toArray(String[]::new));
    assertThat(IgnoredKeys.reset(strange)).isEqualTo(plain);
    assertThat(tensors(strange, "strange")).isEqualTo(tensors(plain, "plain"));
  }

  private String tensors(RunConfig config, String name) throws IOException {
    SmallRuns.run(config, folder.resolve(name), false);
    try (Checkpoint last = Checkpoint.open(folder.resolve(name).resolve("checkpoints/last"))) {
      return last.manifest().tensorsSha256();
    }
  }
}
