package dev.sparrow.interop;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.RandomWeights;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.ModelOrigin;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.nn.Network;
import dev.sparrow.prune.channel.RandomChannels;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.Map;

/** Small networks of every architecture with random weights and running statistics. */
public final class MadeUpModels {

  private MadeUpModels() {}

  /** A network for the normalisation of CIFAR-100 and ten classes; a small dense one has the widths of density 0.1. */
  public static StoredModel of(Arch arch, int width, int side, boolean pruned, ModelOrigin origin) {
    ModelInfo info = new ModelInfo(new NetworkConfig(arch, width, 10, 2), new Density(0.1), 10, side, Normalization.CIFAR100);
    Blueprint blueprint = info.blueprint();
    Network network = new Network(blueprint, new Seed(1), DeviceSpec.CPU);
    network.load(RandomWeights.draw(blueprint, Map.of(), new Seed(arch.ordinal() + 1)));
    LoadedModel model = new LoadedModel(info, blueprint, Engines.create(network, info.normalization(), EngineChoice.EXACT));
    if (pruned) {
      RandomChannels.prune(blueprint, model.model(), new Density(0.5), new Seed(3));
    }
    return new StoredModel(model, origin);
  }
}
