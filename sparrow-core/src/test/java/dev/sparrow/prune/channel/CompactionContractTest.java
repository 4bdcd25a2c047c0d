package dev.sparrow.prune.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What compaction does to every network: the function stays, the pruned channels go. */
class CompactionContractTest {

  private static final double TOLERANCE = 1e-5;

  private static Blueprint blueprint(Arch arch, int imageSize) {
    return Blueprints.create(new NetworkConfig(arch, 4, 10, 2), 7, imageSize, new Density(0.2));
  }

  @ParameterizedTest
  @EnumSource
  void theCompactNetworkIsTheSameFunction(Arch arch) {
    for (int size : List.of(32, 64)) {
      Blueprint blueprint = blueprint(arch, size);
      try (TensorScope scope = TensorScope.open();
          Classifier masked = Trained.of(blueprint)) {
        Trained.prune(blueprint, masked, 0.5);
        Compaction compaction = Trained.compaction(blueprint, masked);
        assertThat(compaction.blueprint().parameterCount()).isLessThan(blueprint.parameterCount());
        assertThat(InferenceCost.of(compaction.blueprint()).macs()).isLessThan(InferenceCost.of(blueprint).macs());
        try (Classifier compact = Trained.compact(compaction, masked)) {
          assertThat(Trained.difference(masked, compact, Trained.images(2, size))).isLessThan(TOLERANCE);
          try (ModeGuard one = masked.in(Mode.TRAIN_FROZEN);
              ModeGuard other = compact.in(Mode.TRAIN_FROZEN)) {
            assertThat(Trained.difference(masked, compact, Trained.images(2, size))).isLessThan(10 * TOLERANCE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void exactlyTheMaskedChannelsGo(Arch arch) {
    Blueprint blueprint = blueprint(arch, 32);
    try (TensorScope scope = TensorScope.open();
        Classifier model = Trained.of(blueprint)) {
      assertThat(Trained.compaction(blueprint, model).removesNothing()).isTrue();
      assertThat(Trained.compaction(blueprint, model).blueprint()).isEqualTo(blueprint);
      try (var masks = ChannelPruning.masks(blueprint, model.parameters(), new Density(0.5))) {
        masks.applyTo(model.parameters());
        Compaction compaction = Trained.compaction(blueprint, model);
        masks.asMap().forEach(
            (name, mask) -> assertThat(compaction.blueprint().parameters().get(name).size()).as(name).isEqualTo(mask.active()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void compactingTwiceChangesNothing(Arch arch) {
    Blueprint blueprint = blueprint(arch, 32);
    try (TensorScope scope = TensorScope.open();
        Classifier masked = Trained.of(blueprint)) {
      Trained.prune(blueprint, masked, 0.3);
      Compaction once = Trained.compaction(blueprint, masked);
      try (Classifier compact = Trained.compact(once, masked)) {
        Compaction twice = Trained.compaction(once.blueprint(), compact);
        assertThat(twice.removesNothing()).isTrue();
        assertThat(twice.blueprint()).isEqualTo(once.blueprint());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneChannelOfEveryGroupStays(Arch arch) {
    Blueprint blueprint = blueprint(arch, 32);
    try (TensorScope scope = TensorScope.open();
        Classifier empty = Trained.of(blueprint)) {
      try (var guard = Tensors.noGrad()) {
        empty.parameters().forEach((name, tensor) -> {
          if (!name.equals(lastBias(blueprint))) {
            tensor.zero_();
          }
        });
      }
      Compaction compaction = Trained.compaction(blueprint, empty);
      compaction.blueprint().nodes().forEach(node -> assertThat(node.output().dim(0)).isIn(1, 7));
      try (Classifier compact = Trained.compact(compaction, empty)) {
        assertThat(Trained.difference(empty, compact, Trained.images(2, 32))).isZero();
      }
    }
  }

  private static String lastBias(Blueprint blueprint) {
    List<String> names = List.copyOf(blueprint.parameters().keySet());
    return names.get(names.size() - 1);
  }
}
