package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NarrowingTest {

  private static final Blueprint PLAIN = plain(4);

  private static Blueprint plain(int channels) {
    BlueprintBuilder net = new BlueprintBuilder("plain", 8);
    net.initialize(Initialization.FAN_OUT);
    net.linear("fc", net.globalAvgPool(net.batchNormRelu("bn", net.conv("conv", net.image(), channels, 3, 1))), 2);
    return net.build();
  }

  private static Blueprint network(Arch arch, int width) {
    return Blueprints.create(new NetworkConfig(arch, width, 16, 2), 10, 32, new Density(0.2));
  }

  /** Half the width is a special case of narrower channels. */
  @ParameterizedTest
  @EnumSource
  void theShapesOfAThinnerNetworkMakeThatNetwork(Arch arch) {
    Blueprint thin = network(arch, 8);
    Blueprint narrowed = network(arch, 16).narrowedTo(thin.tensors());
    assertThat(narrowed).isEqualTo(thin);
    assertThat(narrowed.parameters().keySet()).containsExactlyElementsOf(thin.parameters().keySet());
  }

  @Test
  void itsOwnShapesChangeNothing() {
    assertThat(PLAIN.narrowedTo(PLAIN.tensors())).isEqualTo(PLAIN);
  }

  private static void assertRefused(Map<String, Shape> shapes, String got) {
    assertThatThrownBy(() -> PLAIN.narrowedTo(shapes))
        .isInstanceOf(BadInput.class)
        .hasMessage("weights: expected those of a narrower plain, got " + got + " (plain)");
  }

  @Test
  void everythingThatDoesNotFitIsListed() {
    Map<String, Shape> shapes = new LinkedHashMap<>(plain(3).tensors());
    shapes.remove("bn.running_mean");
    shapes.put("bn.bias", Shape.of(2));
    shapes.put("fc.weight", Shape.of(3, 3));
    shapes.put("head.weight", Shape.of(2));
    assertRefused(
        shapes,
        "missing [bn.running_mean], unexpected [head.weight], mis-shaped [bn.bias (expected [3], got [2]),"
            + " fc.weight (expected [2x3], got [3x3])]");
  }

  @Test
  void onlyChannelsMayBeFewer() {
    Map<String, Shape> shapes = new LinkedHashMap<>(plain(3).tensors());
    shapes.put("conv.weight", Shape.of(3, 3, 1, 1));
    assertRefused(shapes, "missing [], unexpected [], mis-shaped [conv.weight (expected [3x3x3x3], got [3x3x1x1])]");
    shapes.put("conv.weight", Shape.of(3, 2, 3, 3));
    assertRefused(shapes, "missing [], unexpected [], mis-shaped [conv.weight (expected [3x3x3x3], got [3x2x3x3])]");
  }

  @Test
  void aWiderOrAnEmptyNetworkIsRefused() {
    assertThatThrownBy(() -> PLAIN.narrowedTo(plain(5).tensors())).hasMessageContaining("bn.weight (expected [4], got [5])");
    Map<String, Shape> shapes = new LinkedHashMap<>(PLAIN.tensors());
    shapes.replaceAll((name, shape) -> new Shape(shape.dims().stream().map(dim -> dim == 4 ? 0 : dim).toList()));
    assertThatThrownBy(() -> PLAIN.narrowedTo(shapes)).hasMessageContaining("bn.weight (expected [4], got [0])");
  }
}
