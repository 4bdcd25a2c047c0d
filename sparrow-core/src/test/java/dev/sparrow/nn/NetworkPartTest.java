package dev.sparrow.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.Statistics;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two parts of a network that was cut share its tensors, and one after the other they are the network. */
class NetworkPartTest {

  private static Network network(Arch arch) {
    Blueprint blueprint = Blueprints.create(new NetworkConfig(arch, 4, 10, 2), 5, 32, new Density(0.1));
    return new Network(blueprint, new Seed(3), DeviceSpec.CPU);
  }

  @ParameterizedTest
  @EnumSource(value = Arch.class, names = {"RESNET18", "RESNET18_POST", "VGG11", "WIDERESNET"})
  void partsOneAfterTheOtherAreTheNetwork(Arch arch) {
    try (TensorScope scope = TensorScope.open();
        Network whole = network(arch);
        Rng rng = new Rng(new Seed(4))) {
      Tensor images = rng.normalLike(Tensors.ofFloats(new float[2 * 3 * 32 * 32], 2, 3, 32, 32));
      Tensor expected = whole.forward(images, whole.parameters()::get, Statistics.BATCH_ONLY);
      for (BlueprintCut cut : BlueprintCut.of(whole.blueprint())) {
        try (Network front = whole.part(cut.front());
            Network rear = whole.part(cut.rear())) {
          Tensor seam = front.forward(images, front.parameters()::get, Statistics.BATCH_ONLY);
          assertThat(Tensors.shape(seam)).containsExactly(2, cut.seam().dim(0), cut.seam().dim(1), cut.seam().dim(2));
          Tensor logits = rear.forward(seam, rear.parameters()::get, Statistics.BATCH_ONLY);
          assertThat(logits.equal(expected)).as(cut.place()).isTrue();
        }
      }
    }
  }

  @Test
  void partsShareTheTensorsAndSurviveTheWhole() {
    try (TensorScope scope = TensorScope.open()) {
      Network whole = network(Arch.RESNET18);
      Network front = whole.part(BlueprintCut.of(whole.blueprint()).get(0).front());
      whole.parameters().get("conv1.weight").zero_();
      whole.close();
      assertThat(Tensors.toFloats(front.parameters().get("conv1.weight"))).hasSize(4 * 27).containsOnly(0);
      front.close();
    }
  }
}
