package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelGroupsTest {

  private static Blueprint blueprint(Arch arch) {
    return Blueprints.create(new NetworkConfig(arch, 4, 16, 2), 10, 32, new Density(0.2));
  }

  private static String norms(ChannelGroups groups) {
    return groups.all().stream()
        .map(group -> group.channels() + (group.fixed() ? "!" : "") + group.norms())
        .collect(Collectors.joining("\n"));
  }

  /** Image, stem with the first stage, and so on: a stage's stream is read by its later blocks and by the first block of the next. */
  @Test
  void aPreActivationResNetTiesAStage() {
    assertThat(norms(ChannelGroups.of(blueprint(Arch.RESNET18))))
        .isEqualTo(
            """
            3![]
            4[layer1.0.bn1, layer1.1.bn1, layer2.0.bn1]
            4[layer1.0.bn2]
            4[layer1.1.bn2]
            8[layer2.0.bn2]
            8[layer2.1.bn1, layer3.0.bn1]
            8[layer2.1.bn2]
            16[layer3.0.bn2]
            16[layer3.1.bn1, layer4.0.bn1]
            16[layer3.1.bn2]
            32[layer4.0.bn2]
            32[layer4.1.bn1, bn]
            32[layer4.1.bn2]
            10![]""");
  }

  /** Here the normalised branches are added, so that a stage's stream has the batch norms that end its branches. */
  @Test
  void aPostActivationResNetTiesAStage() {
    assertThat(norms(ChannelGroups.of(blueprint(Arch.RESNET18_POST))))
        .startsWith("3![]\n4[bn1, layer1.0.bn2, layer1.1.bn2]\n4[layer1.0.bn1]\n4[layer1.1.bn1]\n8[layer2.0.bn1]\n")
        .contains("\n8[layer2.0.bn2, layer2.0.downsample.1, layer2.1.bn2]\n");
  }

  @Test
  void vggTiesNothingAndPoolsKeepChannels() {
    ChannelGroups groups = ChannelGroups.of(blueprint(Arch.VGG11));
    assertThat(norms(groups)).startsWith("3![]\n4[features.1]\n8[features.5]\n16[features.9]\n").endsWith("\n10![]");
    assertThat(groups.axes("classifier.weight")).containsExactly(groups.all().get(9), groups.all().get(8));
    assertThat(groups.axes("classifier.bias")).containsExactly(groups.all().get(9));
    assertThat(groups.axes("features.0.weight")).containsExactly(groups.all().get(1), groups.all().get(0));
    assertThat(groups.axes("features.1.running_var")).containsExactly(groups.all().get(1));
    assertThat(groups.axes("features.1.num_batches_tracked")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyAxisHasTheSizeOfItsGroup(Arch arch) {
    Blueprint blueprint = blueprint(arch);
    ChannelGroups groups = ChannelGroups.of(blueprint);
    Map<String, Shape> tensors = new LinkedHashMap<>(blueprint.parameters());
    tensors.putAll(blueprint.buffers());
    tensors.forEach(
        (name, shape) -> {
          List<ChannelGroup> axes = groups.axes(name);
          assertThat(axes).as(name).hasSize(Math.min(shape.rank(), 2));
          assertThat(axes.stream().map(ChannelGroup::channels)).as(name).isEqualTo(shape.dims().subList(0, axes.size()));
        });
    assertThat(groups.all().stream().filter(ChannelGroup::fixed)).containsExactly(groups.ofValue(0), groups.ofValue(blueprint.nodes().size()));
    for (int index = 0; index < groups.all().size(); index++) {
      assertThat(groups.all().get(index).index()).isEqualTo(index);
    }
  }
}
