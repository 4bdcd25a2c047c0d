package dev.sparrow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.RunConfig;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.report.MetricsLog;
import dev.sparrow.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every objective, attack mode, norm and schedule trains from end to end, an epoch of two batches each. One row enrols a variant. */
class TrainingVariantsTest {

  private static final int BATCHES = 2;

  @TempDir Path folder;

  /**
   * The batch-norm counter tells which passes saw the statistics of the batch: the training step's, and in mode {@code train} the attack's.
   *
   * @param settings what departs from a run of one PGD step
   * @param passes passes per batch that moved the running statistics
   * @param lr the rate of the last iteration
   */
  @ParameterizedTest
  @CsvSource({
    "trainAttack.steps=3,                                                  4, 0.05",
    "trainAttack.steps=3 attackMode=eval,                                  1, 0.05",
    "trainAttack.steps=3 attackMode=train-frozen,                          1, 0.05",
    "trainAttack.randomStart=false optimizer.lrSchedule=cosine,            2, 0.05", // constant within its first epoch
    "trainAttack.norm=l2 trainAttack.eps=128/255 testAttack.norm=l2,       2, 0.05",
    "objective=fgsm attackMode=eval optimizer.lrSchedule=cyclic,           1, 0", // the recipe of fast training
    "objective=fgsm trainAttack.norm=l2 trainAttack.eps=0.5,               2, 0.05",
    "objective=n-fgsm,                                                     2, 0.05",
    "objective=standard optimizer.lrSchedule=cyclic,                       1, 0",
    "objective=standard optimizer.lrMilestones=0,                          1, 0.005",
    "runtime.precision=bf16 network.arch=wideresnet network.depthFactor=10 network.widthFactor=1, 2, 0.05",
    "network.arch=vgg11 sparsity.growth=momentum-neuron,                   2, 0.05",
    "network.arch=resnet18-post sparsity.growth=random sparsity.init=erk,  2, 0.05",
    "runtime.engine=sparse trainAttack.steps=3,                            4, 0.05",
    "runtime.engine=sparse attackMode=eval runtime.precision=bf16,         1, 0.05",
    "runtime.engine=sparse attackMode=train-frozen,                        1, 0.05",
    "runtime.engine=sparse objective=standard prune.scorer=grasp,          1, 0.05",
    "runtime.engine=sparse objective=standard prune.scorer=synflow prune.scope=layer, 1, 0.05",
    "runtime.engine=sparse objective=standard prune.scorer=snip,           1, 0.05",
    "runtime.engine=sparse objective=standard prune.scorer=taylor,         1, 0.05",
    "runtime.engine=sparse network.arch=vgg11 sparsity.growth=momentum,    2, 0.05",
    "runtime.engine=sparse network.arch=resnet18-post sparsity.growth=random, 2, 0.05",
    "runtime.engine=sparse network.arch=wideresnet network.depthFactor=10 network.widthFactor=1, 2, 0.05",
  })
  void trainsFromEndToEnd(String settings, long passes, double lr) throws IOException {
    RunConfig config = SmallRuns.config(("method=flying-bird-plus epochs=1 data.limitTrain=80 " + settings).split(" +"));
    SmallRuns.run(config, folder, false);
    EpochRecord epoch = MetricsLog.read(folder.resolve("metrics.jsonl")).get(0);
    assertThat(epoch.lr()).isCloseTo(lr, within(1e-15));
    assertThat(epoch.trainLoss()).isBetween(0.5, 10.0);
    assertThat(epoch.density()).isCloseTo(0.2, within(0.02));
    assertThat(epoch.explored()).isGreaterThan(epoch.density()); // the update after the second batch moved masks
    assertThat(folder.resolve("result.json")).exists();
    try (LoadedModel loaded = LoadedModel.fromCheckpoint(folder.resolve("checkpoints/last"), EngineChoice.EXACT)) {
      loaded.model().buffers().forEach((name, buffer) -> {
        if (name.endsWith(".num_batches_tracked")) {
          assertThat(Tensors.item(buffer)).as(name).isEqualTo(BATCHES * passes);
        }
      });
    }
  }
}
