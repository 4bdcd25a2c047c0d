package dev.sparrow.prune.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelPruningTest {

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Zeros but for the given scales. */
  private static NamedTensors parameters(Blueprint blueprint, Map<String, float[]> scales) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    blueprint
        .parameters()
        .forEach(
            (name, shape) ->
                tensors.put(
                    name,
                    scales.containsKey(name)
                        ? Tensors.ofFloats(scales.get(name), shape.toLongs())
                        : BlankTensors.zeros(ScalarType.Float, DeviceSpec.CPU.toDevice(), shape.toLongs())));
    return new NamedTensors(tensors);
  }

  private static String bits(MaskSet masks, String name) {
    StringBuilder text = new StringBuilder();
    for (boolean active : masks.get(name).toBooleans()) {
      text.append(active ? '1' : '0');
    }
    return text.toString();
  }

  /**
   * Of 2 * 4 + 3 = 11 batch-norm channels 6 stay at least. Means of the stream: .2 .5 .5 .6. In order: inside 1 (.05) leaves 10, stream 0
   * (.2) leaves 8, inside 0 (.4) leaves 7, inside 2 (.45) is the last of its group and stays, stream 2 (.5, behind 1) would leave 5.
   */
  @Test
  void tiedChannelsAreDecidedTogetherByTheMeanOfTheirScales() {
    NamedTensors parameters =
        parameters(
            ResidualToy.BLUEPRINT,
            Map.of(
                "bn1.weight", new float[] {.1f, .9f, .5f, -.3f},
                "bn.weight", new float[] {.3f, .1f, .5f, -.9f},
                "bn2.weight", new float[] {-.4f, .05f, .45f}));
    try (MaskSet masks = ChannelPruning.masks(ResidualToy.BLUEPRINT, parameters, new Density(0.5))) {
      assertThat(masks.names())
          .containsExactly(
              "stem.weight", "bn1.weight", "bn1.bias", "first.weight", "bn2.weight", "bn2.bias", "second.weight", "bn.weight", "bn.bias", "fc.weight");
      assertThat(bits(masks, "bn1.weight")).isEqualTo("0111");
      assertThat(bits(masks, "bn1.bias")).isEqualTo("0111");
      assertThat(bits(masks, "bn.weight")).isEqualTo("0111");
      assertThat(bits(masks, "bn2.bias")).isEqualTo("001");
      assertThat(bits(masks, "stem.weight")).isEqualTo("0".repeat(27) + "1".repeat(3 * 27));
      assertThat(bits(masks, "first.weight")).isEqualTo("0".repeat(2 * 4 * 9) + "0".repeat(9) + "1".repeat(3 * 9));
      assertThat(bits(masks, "second.weight")).isEqualTo("000" + "001" + "001" + "001");
      assertThat(bits(masks, "fc.weight")).isEqualTo("0111" + "0111");
      assertThat(masks.size()).isEqualTo(4 * 27 + 3 * 4 * 9 + 4 * 3 + 2 * 4);
      assertThat(masks.active()).isEqualTo(3 * 27 + 3 * 9 + 3 + 2 * 3);
    }
  }

  @Test
  void everyGroupKeepsItsBestChannel() {
    NamedTensors parameters =
        parameters(
            ResidualToy.BLUEPRINT,
            Map.of("bn1.weight", new float[] {1, 2, 9, 3}, "bn.weight", new float[] {1, 2, 9, 3}, "bn2.weight", new float[] {0, .1f, 0}));
    try (MaskSet masks = ChannelPruning.masks(ResidualToy.BLUEPRINT, parameters, new Density(1e-9))) {
      assertThat(bits(masks, "bn1.weight")).isEqualTo("0010");
      assertThat(bits(masks, "bn2.weight")).isEqualTo("010");
    }
  }

  @Test
  void freshScalesThinAllGroupsAlike() {
    float[] four = {1, 1, 1, 1};
    NamedTensors parameters =
        parameters(ResidualToy.BLUEPRINT, Map.of("bn1.weight", four, "bn.weight", four, "bn2.weight", new float[] {1, 1, 1}));
    try (MaskSet masks = ChannelPruning.masks(ResidualToy.BLUEPRINT, parameters, new Density(0.6))) {
      assertThat(bits(masks, "bn1.weight")).isEqualTo("1110"); // 11 channels, 7 stay at least: stream 3 leaves 9, inside 2 leaves 8
      assertThat(bits(masks, "bn2.weight")).isEqualTo("110");
    }
  }

  /** Of 64 channels: 39, nearest to 2 blocks of 16; 58, nearest to 4; 24, as near to 1 as to 2; 7, less than half a block. */
  @ParameterizedTest
  @CsvSource({"0.6, 32", "0.9, 64", "0.375, 32", "0.1, 7"})
  void wideGroupsKeepWholeBlocks(double density, int kept) {
    BlueprintBuilder net = new BlueprintBuilder("wide", 4);
    net.linear("fc", net.globalAvgPool(net.batchNormRelu("bn", net.conv("conv", net.image(), 64, 3, 1))), 2);
    Blueprint blueprint = net.build();
    float[] rising = new float[64];
    for (int channel = 0; channel < rising.length; channel++) {
      rising[channel] = channel;
    }
    try (MaskSet masks = ChannelPruning.masks(blueprint, parameters(blueprint, Map.of("bn.weight", rising)), new Density(density))) {
      assertThat(bits(masks, "bn.weight")).isEqualTo("0".repeat(64 - kept) + "1".repeat(kept));
    }
  }

  @Test
  void densityOneKeepsEverything() {
    try (MaskSet masks = ChannelPruning.masks(ResidualToy.BLUEPRINT, parameters(ResidualToy.BLUEPRINT, Map.of()), Density.DENSE)) {
      assertThat(masks.density()).isEqualTo(1);
      assertThat(masks.asMap().values()).allMatch(mask -> mask.active() == mask.size());
    }
  }

  @Test
  void groupsWithoutBatchNormAreLeftAlone() {
    BlueprintBuilder net = new BlueprintBuilder("plain", 8);
    Value first = net.relu(net.convWithBias("first", net.image(), 3, 3));
    Value second = net.batchNormRelu("bn", net.convWithBias("second", first, 2, 1));
    net.linear("fc", net.globalAvgPool(second), 2);
    Blueprint blueprint = net.build();
    NamedTensors parameters = parameters(blueprint, Map.of("bn.weight", new float[] {1, 2}));
    try (MaskSet masks = ChannelPruning.masks(blueprint, parameters, new Density(0.5))) {
      assertThat(masks.names()).containsExactly("first.weight", "second.weight", "second.bias", "bn.weight", "bn.bias", "fc.weight");
      assertThat(masks.get("first.weight").density()).isEqualTo(1);
      assertThat(bits(masks, "second.weight")).isEqualTo("000111");
      assertThat(bits(masks, "second.bias")).isEqualTo("01");
      assertThat(bits(masks, "fc.weight")).isEqualTo("0101");
    }
  }
}
