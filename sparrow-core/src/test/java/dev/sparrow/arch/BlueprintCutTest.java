package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where networks may be cut, counted by hand on their drawings, and that the parts are the whole. */
class BlueprintCutTest {

  private static Blueprint create(Arch arch, int width) {
    return Blueprints.create(new NetworkConfig(arch, width, 10, 2), 10, 32, new Density(0.1));
  }

  /** Per cut: number of the seam's node, first layer behind it, shape of the seam. */
  @ParameterizedTest
  @CsvSource(delimiter = ':', value = {
    "resnet18: 1 layer1.0.bn1 64x32x32, 8 layer1.1.bn1 64x32x32, 15 layer2.0.bn1 64x32x32, 23 layer2.1.bn1 128x16x16, "
        + "30 layer3.0.bn1 128x16x16, 38 layer3.1.bn1 256x8x8, 45 layer4.0.bn1 256x8x8, 53 layer4.1.bn1 512x4x4, 60 bn 512x4x4",
    "resnet18-post: 1 bn1 64x32x32, 10 layer1.1.conv1 64x32x32, 17 layer2.0.conv1 64x32x32, 26 layer2.1.conv1 128x16x16, "
        + "33 layer3.0.conv1 128x16x16, 42 layer3.1.conv1 256x8x8, 49 layer4.0.conv1 256x8x8, 58 layer4.1.conv1 512x4x4, 65 fc 512x4x4",
    "vgg11: 4 features.4 64x16x16, 8 features.8 128x8x8, 9 features.9 256x8x8, 15 features.15 256x4x4, 16 features.16 512x4x4, "
        + "22 features.22 512x2x2, 23 features.23 512x2x2, 29 classifier 512x1x1",
    "wideresnet: 1 block1.layer.0.bn1 16x32x32, 9 block2.layer.0.bn1 32x32x32, 17 block3.layer.0.bn1 64x16x16, 25 bn1 128x8x8",
  })
  void cutsBetweenBlocks(String arch, String table) {
    List<String> cuts =
        BlueprintCut.of(create(Arch.parse(arch), 64)).stream()
            .map(cut -> cut.front().nodes().size() + " " + cut.place() + " " + cut.seam().toString().replace(", ", "x"))
            .toList();
    assertThat(String.join(", ", cuts)).isEqualTo(table);
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  void partsAreTheWhole(Arch arch) {
    Blueprint whole = create(arch, 4);
    List<BlueprintCut> cuts = BlueprintCut.of(whole);
    assertThat(cuts).extracting(BlueprintCut::place).doesNotHaveDuplicates().isNotEmpty();
    for (BlueprintCut cut : cuts) {
      int seam = cut.front().nodes().size();
      List<Node> nodes = new ArrayList<>(cut.front().nodes());
      assertThat(cut.front().input()).isEqualTo(whole.input());
      assertThat(cut.seam()).isEqualTo(nodes.get(seam - 1).output());
      cut.rear().nodes().forEach(
          node ->
              nodes.add(new Node(node.id() + seam, node.op(), node.inputs().stream().map(id -> id + seam).toList(), node.output())));
      assertThat(nodes).isEqualTo(whole.nodes());
      assertThat(joined(cut.front().parameters(), cut.rear().parameters())).isEqualTo(whole.parameters());
      assertThat(joined(cut.front().buffers(), cut.rear().buffers())).isEqualTo(whole.buffers());
      assertThat(List.of(cut.front().prunable(), cut.rear().prunable())).allSatisfy(weights -> assertThat(weights).isNotEmpty());
    }
  }

  private static Map<String, Shape> joined(Map<String, Shape> front, Map<String, Shape> rear) {
    Map<String, Shape> joined = new LinkedHashMap<>(front);
    joined.putAll(rear);
    assertThat(joined).hasSize(front.size() + rear.size());
    return joined;
  }

  /** In the whole network's order: a shortcut is declared last in its block, and stays there. */
  @Test
  void keepsTheOrderOfParameters() {
    BlueprintCut cut = BlueprintCut.of(create(Arch.RESNET18, 4)).get(2);
    assertThat(cut.rear().parameters().keySet())
        .startsWith(
            "layer2.0.bn1.weight",
            "layer2.0.bn1.bias",
            "layer2.0.conv1.weight",
            "layer2.0.bn2.weight",
            "layer2.0.bn2.bias",
            "layer2.0.conv2.weight",
            "layer2.0.shortcut.0.weight",
            "layer2.1.bn1.weight");
    assertThat(cut.rear().buffers().keySet()).startsWith("layer2.0.bn1.running_mean", "layer2.0.bn1.running_var");
    assertThat(cut.rear().nodes().get(0)).isEqualTo(new Node(1, new Op.BatchNorm("layer2.0.bn1", 4), List.of(0), Shape.of(4, 32, 32)));
  }

  @Test
  void oneLayerHasNoPlaceForACut() {
    BlueprintBuilder net = new BlueprintBuilder("flat", 8);
    net.linear("fc", net.globalAvgPool(net.image()), 6);
    assertThat(BlueprintCut.of(net.build())).isEmpty();
  }
}
