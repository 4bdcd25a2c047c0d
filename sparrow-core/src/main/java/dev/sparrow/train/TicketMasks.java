package dev.sparrow.train;

import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.config.PruneConfig;
import dev.sparrow.config.PruneScope;
import dev.sparrow.config.RunConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.data.Batches;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.prune.FirstMasks;
import dev.sparrow.prune.channel.ChannelPruning;
import dev.sparrow.tensor.DeviceSpec;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The masks of a Robust Bird ticket: the largest magnitudes of convolutions and linear layers together, or the channels with the largest
 * scales.
 *
 * @param config the run
 */
record TicketMasks(RunConfig config) {

  /**
   * The masks of a network's weights as they are.
   *
   * @param network whose weights decide, on the CPU
   * @return to be closed by the caller
   * @throws dev.sparrow.BadInput if a layer is left without weights and that is not allowed, or a weight is not finite
   */
  MaskSet of(LoadedModel network) {
    return switch (config.earlyBird().pruning()) {
      case UNSTRUCTURED -> byMagnitude(network).make(network.model(), DeviceSpec.CPU, Batches.NONE, config.seed());
      case CHANNEL -> ChannelPruning.masks(network.blueprint(), network.model().parameters(), config.sparsity().density());
    };
  }

  private FirstMasks byMagnitude(LoadedModel network) {
    PruneConfig magnitude =
        new PruneConfig(
            ScorerKind.MAGNITUDE,
            Optional.of(PruneScope.GLOBAL),
            PruneConfig.DEFAULT.batches(),
            OptionalInt.of(1),
            config.prune().allowCollapse(),
            PruneConfig.DEFAULT.gradualStart(),
            PruneConfig.DEFAULT.gradualEnd(),
            Optional.empty());
    return new FirstMasks(magnitude, network.blueprint().allocation(config.sparsity().init()), config.sparsity().density());
  }
}
