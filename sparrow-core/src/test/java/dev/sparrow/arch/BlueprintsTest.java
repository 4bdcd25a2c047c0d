package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every network: its size, that its nodes can be executed in order, and what it refuses. */
class BlueprintsTest {

  private static final List<Integer> WIDTHS = List.of(1, 8, 16, 64);

  private static Blueprint create(Arch arch, int width, int imageSize, double density) {
    return Blueprints.create(new NetworkConfig(arch, width, 16, 2), 10, imageSize, new Density(density));
  }

  /** Counts made by hand with torch 2.13: sums of {@code numel()} over lists of its modules, all and those of rank 2 and more. */
  @ParameterizedTest
  @CsvSource({
    "resnet34,64,21280330,21265088",
    "resnet50,64,23513162,23467712",
    "resnet101,64,42505290,42407616",
    "resnet152,64,58148938,58005184",
    "vgg11,64,9231114,9222848",
    "vgg13,64,9416010,9407168",
    "vgg19,64,20040522,20024000",
    "resnet18-post,64,11173962,11164352",
    "resnet18,1,2963,2831",
    "resnet50,8,374802,369112",
  })
  void counts(String arch, int width, long parameters, long prunable) {
    Blueprint blueprint = create(Arch.parse(arch), width, 32, 1);
    assertThat(blueprint.parameterCount()).isEqualTo(parameters);
    assertThat(blueprint.prunableCount()).isEqualTo(prunable);
  }

  /** Counts as above; 46,160,474 and 36,479,194 are also the published ones. */
  @ParameterizedTest
  @CsvSource({"34,10,64,46160474,46138032", "28,10,64,36479194,36461232", "16,1,16,11326,11084"})
  void wideResNetCounts(int depth, int widen, int width, long parameters, long prunable) {
    Blueprint blueprint = Blueprints.create(new NetworkConfig(Arch.WIDERESNET, width, depth, widen), 10, 32, Density.DENSE);
    assertThat(blueprint.name()).isEqualTo("wideresnet-" + depth + "-" + widen);
    assertThat(blueprint.parameterCount()).isEqualTo(parameters);
    assertThat(blueprint.prunableCount()).isEqualTo(prunable);
  }

  /** Stage widths as the reference's comments list them, and counts as above; 0.3 is not in the paper: 64 sqrt(0.3) = 35.05 and so on. */
  @ParameterizedTest
  @CsvSource({
    "0.05,14,29,57,114,555466",
    "0.1,20,40,81,162,1117115",
    "0.2,29,57,115,229,2239484",
    "0.6,50,99,198,397,6705478",
    "0.8,57,115,229,458,8937413",
    "1,64,128,256,512,11164352",
  })
  void smallDenseKeepsItsBudget(double density, int first, int second, int third, int fourth, long prunable) {
    Blueprint blueprint = create(Arch.SMALLDENSE, 64, 32, density);
    assertThat(stageWidths(blueprint)).containsExactly(first, second, third, fourth);
    assertThat(blueprint.prunableCount()).isEqualTo(prunable);
  }

  @Test
  void smallDenseTakesTheSquareRootOfOtherDensities() {
    assertThat(stageWidths(create(Arch.SMALLDENSE, 64, 32, 0.3))).containsExactly(35, 70, 140, 280);
    assertThat(stageWidths(create(Arch.SMALLDENSE, 1, 32, 0.05))).containsExactly(1, 1, 1, 2);
  }

  @ParameterizedTest
  @EnumSource(names = "SMALLDENSE", mode = EnumSource.Mode.EXCLUDE)
  void densityIsSmallDensesAlone(Arch arch) {
    assertThat(create(arch, 16, 32, 0.2)).isEqualTo(create(arch, 16, 32, 1));
  }

  static Stream<Arguments> allNetworks() {
    return Stream.of(Arch.values()).flatMap(arch -> WIDTHS.stream().map(width -> Arguments.of(arch, width)));
  }

  @ParameterizedTest
  @MethodSource("allNetworks")
  void nodesAreInExecutionOrder(Arch arch, int width) {
    Blueprint blueprint = create(arch, width, 32, 0.2);
    List<Integer> used = new ArrayList<>();
    for (int index = 0; index < blueprint.nodes().size(); index++) {
      Node node = blueprint.nodes().get(index);
      assertThat(node.id()).isEqualTo(index + 1);
      assertThat(node.inputs()).isNotEmpty().allMatch(input -> input >= 0 && input < node.id());
      used.addAll(node.inputs());
    }
    assertThat(used).as("every value but the logits is used").containsAll(ids(blueprint.nodes().size() - 1));
    assertThat(used).as("nothing follows the logits").doesNotContain(blueprint.nodes().size());
    assertThat(blueprint.nodes().get(blueprint.nodes().size() - 1).output()).isEqualTo(Shape.of(10));
  }

  @ParameterizedTest
  @MethodSource("allNetworks")
  void everyTensorBelongsToExactlyOneNode(Arch arch, int width) {
    Blueprint blueprint = create(arch, width, 32, 0.2);
    assertThat(blueprint.nodes().stream().flatMap(node -> node.op().parameters().keySet().stream()))
        .containsExactlyElementsOf(blueprint.parameters().keySet());
    assertThat(blueprint.nodes().stream().flatMap(node -> node.op().buffers().keySet().stream()))
        .containsExactlyElementsOf(blueprint.buffers().keySet());
    assertThat(blueprint.buffers().keySet().stream().filter(name -> name.endsWith(".running_mean")).count())
        .isEqualTo(blueprint.nodes().stream().filter(node -> node.op() instanceof Op.BatchNorm).count());
  }

  @ParameterizedTest
  @EnumSource
  void imageSizeChangesShapesButNoTensor(Arch arch) {
    Blueprint small = create(arch, 8, 32, 0.2);
    Blueprint large = create(arch, 8, 64, 0.2);
    assertThat(large.parameters()).isEqualTo(small.parameters());
    assertThat(large.buffers()).isEqualTo(small.buffers());
    assertThat(small.input()).isEqualTo(Shape.of(3, 32, 32));
    for (int index = 0; index < small.nodes().size(); index++) {
      Shape expected = small.nodes().get(index).output();
      if (expected.rank() == 3) {
        expected = Shape.of(expected.dim(0), 2 * expected.dim(1), 2 * expected.dim(2));
      }
      assertThat(large.nodes().get(index).output()).isEqualTo(expected);
    }
  }

  /** 32 -> 32, 16, 8, 4 for ResNets; 32, 16, 8 for WideResNets; five halvings for VGG. */
  @ParameterizedTest
  @CsvSource({"RESNET18,4", "RESNET50,4", "RESNET18_POST,4", "SMALLDENSE,4", "WIDERESNET,8", "VGG16,1"})
  void lastFeatureMap(Arch arch, int side) {
    Blueprint blueprint = create(arch, 16, 32, 0.2);
    List<Shape> maps = blueprint.nodes().stream().map(Node::output).filter(shape -> shape.rank() == 3).toList();
    assertThat(maps.get(maps.size() - 1).dims().subList(1, 3)).containsExactly(side, side);
  }

  @Test
  void postActivationNames() {
    List<String> names = List.copyOf(create(Arch.RESNET18_POST, 64, 32, 1).parameters().keySet());
    assertThat(names.subList(0, 3)).containsExactly("conv1.weight", "bn1.weight", "bn1.bias");
    assertThat(names.stream().filter(name -> name.startsWith("layer2.0")).collect(Collectors.joining(" ")))
        .isEqualTo(
            "layer2.0.conv1.weight layer2.0.bn1.weight layer2.0.bn1.bias layer2.0.conv2.weight layer2.0.bn2.weight layer2.0.bn2.bias"
                + " layer2.0.downsample.0.weight layer2.0.downsample.1.weight layer2.0.downsample.1.bias");
    assertThat(names.subList(names.size() - 2, names.size())).containsExactly("fc.weight", "fc.bias");
  }

  @Test
  void bottleneckNames() {
    List<String> names = create(Arch.RESNET50, 64, 32, 1).prunable().keySet().stream().filter(name -> name.startsWith("layer1")).toList();
    assertThat(names.subList(0, 5))
        .containsExactly(
            "layer1.0.conv1.weight", "layer1.0.conv2.weight", "layer1.0.conv3.weight", "layer1.0.shortcut.0.weight", "layer1.1.conv1.weight");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 48, 224})
  void refusesOtherImageSizes(int size) {
    assertThatThrownBy(() -> create(Arch.RESNET18, 64, size, 1))
        .isInstanceOf(BadInput.class)
        .hasMessage("--image-size: expected 32 or 64, got " + size);
  }

  @Test
  void refusesOneClass() {
    assertThatThrownBy(() -> Blueprints.create(NetworkConfig.DEFAULT, 1, 32, Density.DENSE))
        .isInstanceOf(BadInput.class)
        .hasMessage("--num-classes: expected a whole number of at least 2, got 1");
  }

  @Test
  void refusesDepthsThatAreNoWideResNet() {
    assertThatThrownBy(() -> Blueprints.create(new NetworkConfig(Arch.WIDERESNET, 64, 35, 10), 10, 32, Density.DENSE))
        .isInstanceOf(BadInput.class)
        .hasMessage("--depth-factor: expected 6 n + 4 with n of at least 1, such as 10, 28 or 34, got 35");
  }

  @Test
  void refusesWidthsThatOverflow() {
    assertThatThrownBy(() -> create(Arch.RESNET18, 300_000_000, 32, 1))
        .isInstanceOf(BadInput.class)
        .hasMessage("--width: expected a whole number of at most 65536, got 300000000");
    assertThatThrownBy(() -> Blueprints.create(new NetworkConfig(Arch.WIDERESNET, 64, 34, 100_000_000), 10, 32, Density.DENSE))
        .isInstanceOf(BadInput.class)
        .hasMessage("--width-factor: expected a whole number of at most 1024, got 100000000");
  }

  @ParameterizedTest
  @EnumSource
  void theWidestStillCounts(Arch arch) {
    Blueprint widest = Blueprints.create(new NetworkConfig(arch, 65_536, 16, 1_024), 10, 32, Density.DENSE);
    assertThat(widest.parameters().values()).allMatch(shape -> shape.size() > 0);
    assertThat(widest.parameterCount()).isGreaterThan(widest.prunableCount());
    assertThat(InferenceCost.of(widest).layers()).allMatch(layer -> layer.macs() > 0);
  }

  private static List<Integer> stageWidths(Blueprint blueprint) {
    return Stream.of(1, 2, 3, 4).map(stage -> blueprint.parameters().get("layer" + stage + ".0.conv1.weight").dim(0)).toList();
  }

  private static List<Integer> ids(int last) {
    return Stream.iterate(0, id -> id <= last, id -> id + 1).toList();
  }
}
