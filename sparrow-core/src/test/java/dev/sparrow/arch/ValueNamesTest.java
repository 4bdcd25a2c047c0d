package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueNamesTest {

  private static Blueprint network(Arch arch) {
    return Blueprints.create(new NetworkConfig(arch, 4, 10, 1), 10, 32, Density.DENSE);
  }

  @Test
  void outlineOfAResidualNetworkIsItsBlocks() {
    assertThat(ValueNames.of(network(Arch.RESNET18)).outline())
        .containsExactly(
            "conv1", "layer1.0", "layer1.1", "layer2.0", "layer2.1", "layer3.0", "layer3.1", "layer4.0", "layer4.1", "linear");
    assertThat(ValueNames.of(network(Arch.WIDERESNET)).outline())
        .containsExactly("conv1", "block1.layer.0", "block2.layer.0", "block3.layer.0", "fc");
  }

  @Test
  void outlineOfAPlainNetworkIsItsLayersWithWeights() {
    assertThat(ValueNames.of(network(Arch.VGG11)).outline())
        .containsExactly(
            "features.0", "features.4", "features.8", "features.11", "features.15", "features.18", "features.22", "features.25", "classifier");
  }

  /** A block ends with its sum, a stage with its last block, a layer is only itself, and no name means the rectifier of a shortcut. */
  @Test
  void nestedNamesMeanTheLastOperationWithin() {
    BlueprintBuilder net = new BlueprintBuilder("nested", 8);
    Value stem = net.conv("stem", net.image(), 4, 3, 1); // 1
    Value active = net.batchNormRelu("stage.0.bn", stem); // 2, 3
    Value branch = net.conv("stage.0.conv", active, 8, 3, 2); // 4
    Value shortcut = net.conv("stage.0.shortcut.0", active, 8, 1, 2); // 5
    Value first = net.relu(net.add(branch, shortcut)); // 6, 7
    Value second = net.add(net.conv("stage.1.conv", first, 8, 3, 1), first); // 8, 9
    net.linear("linear", net.globalAvgPool(net.batchNormRelu("bn", second)), 3); // 10, 11, 12, 13
    ValueNames names = ValueNames.of(net.build());
    assertThat(names.node("stem").id()).isEqualTo(1);
    assertThat(names.node("stage.0.bn").id()).isEqualTo(2);
    assertThat(names.node("stage.0.shortcut").id()).isEqualTo(5);
    assertThat(names.node("stage.0").id()).isEqualTo(7);
    assertThat(names.node("stage.1").id()).isEqualTo(9);
    assertThat(names.node("stage").id()).isEqualTo(9);
    assertThat(names.node("bn").id()).isEqualTo(10);
    assertThat(names.node("linear").id()).isEqualTo(13);
    assertThat(names.outline()).containsExactly("stem", "stage.0", "stage.1", "linear");
    assertThat(names.lastMap()).isEqualTo(Optional.of("stage.1"));
  }

  @Test
  void lastMapHasPlaces() {
    assertThat(ValueNames.of(network(Arch.RESNET18)).lastMap()).contains("layer4.1");
    ValueNames vgg = ValueNames.of(network(Arch.VGG11));
    assertThat(vgg.lastMap()).contains("features.25");
    assertThat(vgg.node("features.25").output()).isEqualTo(Shape.of(32, 2, 2));
    BlueprintBuilder single = new BlueprintBuilder("single", 1);
    single.linear("fc", single.globalAvgPool(single.conv("conv", single.image(), 2, 1, 1)), 2);
    assertThat(ValueNames.of(single.build()).lastMap()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  void everyNetworkHasNamesFromItsStemToItsLogits(Arch arch) {
    Blueprint blueprint = Blueprints.create(new NetworkConfig(arch, 4, 10, 1), 10, 32, new Density(0.5));
    ValueNames names = ValueNames.of(blueprint);
    List<Integer> ids = names.outline().stream().map(name -> names.node(name).id()).toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids.get(0)).isEqualTo(1);
    assertThat(ids.get(ids.size() - 1)).isEqualTo(blueprint.nodes().size());
  }

  @Test
  void unknownNamesAreAnsweredWithTheOutline() {
    assertThatThrownBy(() -> ValueNames.of(network(Arch.WIDERESNET)).node("layer9"))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "layer: expected one of conv1, block1.layer.0, block2.layer.0, block3.layer.0, fc, or another layer of the network, got 'layer9'");
  }
}
