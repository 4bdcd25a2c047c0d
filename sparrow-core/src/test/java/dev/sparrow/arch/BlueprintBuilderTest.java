package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.units.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shape inference by hand, and every complaint about inputs that do not fit. */
class BlueprintBuilderTest {

  private final BlueprintBuilder net = new BlueprintBuilder("tiny", 8);

  /** floor((side + 2 (kernel / 2) - kernel) / stride) + 1. */
  @ParameterizedTest
  @CsvSource({"8,3,1,8", "8,3,2,4", "8,1,2,4", "8,1,1,8", "7,3,2,4", "5,1,2,3", "1,3,2,1", "9,5,3,3"})
  void convolutionSides(int side, int kernel, int stride, int expected) {
    BlueprintBuilder other = new BlueprintBuilder("sides", side);
    assertThat(other.conv("conv", other.image(), 5, kernel, stride).shape()).isEqualTo(Shape.of(5, expected, expected));
  }

  @Test
  void writesNodesAndTensorsDown() {
    Value first = net.convWithBias("a", net.image(), 4, 3);
    Value norm = net.batchNormRelu("b", first);
    Value pooled = net.maxPool(net.add(norm, first), 2);
    net.linear("c", net.globalAvgPool(pooled), 6);
    Blueprint blueprint = net.build();

    assertThat(blueprint.nodes())
        .containsExactly(
            new Node(1, new Op.Conv2d("a", 3, 4, 3, 1, 1, true), List.of(0), Shape.of(4, 8, 8)),
            new Node(2, new Op.BatchNorm("b", 4), List.of(1), Shape.of(4, 8, 8)),
            new Node(3, new Op.Relu(), List.of(2), Shape.of(4, 8, 8)),
            new Node(4, new Op.Add(), List.of(3, 1), Shape.of(4, 8, 8)),
            new Node(5, new Op.MaxPool(2), List.of(4), Shape.of(4, 4, 4)),
            new Node(6, new Op.GlobalAvgPool(), List.of(5), Shape.of(4)),
            new Node(7, new Op.Linear("c", 4, 6), List.of(6), Shape.of(6)));
    assertThat(blueprint.parameters().toString())
        .isEqualTo("{a.weight=4x3x3x3, a.bias=4, b.weight=4, b.bias=4, c.weight=6x4, c.bias=6}");
    assertThat(blueprint.buffers().toString()).isEqualTo("{b.running_mean=4, b.running_var=4, b.num_batches_tracked=}");
    assertThat(blueprint.numClasses()).isEqualTo(6);
    assertThat(blueprint.prunable().keySet()).containsExactly("a.weight", "c.weight");
  }

  @Test
  void refusesOtherChannels() {
    Value four = net.conv("four", net.image(), 4, 3, 1);
    assertRefused(() -> net.append(new Op.Conv2d("five", 5, 5, 3, 1, 1, false), four), "input channels: expected 5, got 4 (five)");
    assertRefused(() -> net.append(new Op.BatchNorm("norm", 3), four), "input channels: expected 3, got 4 (norm)");
  }

  @Test
  void refusesSumsOfDifferentShapes() {
    Value half = net.conv("half", net.image(), 3, 3, 2);
    assertRefused(() -> net.add(net.image(), half), "input shape: expected 3x8x8, got 3x4x4 (add)");
  }

  @Test
  void refusesSidesThatDoNotDivide() {
    assertRefused(() -> net.maxPool(net.image(), 3), "input side: expected a multiple of 3, got 8 (max pool)");
  }

  @Test
  void refusesKernelsThatDoNotFit() {
    assertRefused(
        () -> net.append(new Op.Conv2d("big", 3, 1, 9, 1, 0, false), net.image()),
        "input side with padding: expected at least 9, got 8 (big)");
  }

  @Test
  void refusesWrongRanks() {
    Value vector = net.globalAvgPool(net.image());
    assertRefused(() -> net.append(new Op.Linear("fc", 4, 2), vector), "input shape: expected 4, got 3 (fc)");
    assertRefused(() -> net.append(new Op.Linear("fc", 3, 2), net.image()), "input shape: expected 3, got 3x8x8 (fc)");
    assertRefused(() -> net.globalAvgPool(vector), "input shape: expected channels x height x width, got 3 (global average pool)");
  }

  @Test
  void refusesOtherNumbersOfInputs() {
    assertRefused(() -> net.append(new Op.Relu()), "number of inputs: expected 1, got 0 (relu)");
    assertRefused(() -> net.append(new Op.Add(), net.image()), "number of inputs: expected 2, got 1 (add)");
  }

  @Test
  void refusesANameTwice() {
    net.conv("conv", net.image(), 3, 3, 1);
    assertRefused(() -> net.conv("conv", net.image(), 3, 3, 1), "layer name: expected one that is not taken, got conv.weight (tiny)");
  }

  @Test
  void refusesLogitsThatAreNoVector() {
    assertRefused(net::build, "logits: expected a vector, got 3x8x8 (tiny)");
    net.relu(net.image());
    assertRefused(net::build, "logits: expected a vector, got 3x8x8 (tiny)");
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(BadInput.class).hasMessage(message);
  }
}
