package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.Op;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageCompilerTest {

  /** One line per stage: what it reads, what it makes. */
  private static List<String> describe(Blueprint blueprint) {
    return Stages.of(blueprint).list().stream().map(StageCompilerTest::describe).toList();
  }

  private static String describe(Stage stage) {
    String ends = stage.inputs() + " " + stage.output();
    if (stage instanceof Stage.Convolution convolution) {
      return convolution.layer().name() + " " + ends;
    } else if (stage instanceof Stage.Rectification rectification) {
      Optional<NormLayer> other = rectification.shortcut().flatMap(Stage.Shortcut::norm);
      return rectification.norm().name() + other.map(norm -> "+" + norm.name()).orElse("") + " " + ends;
    } else if (stage instanceof Stage.Classification head) {
      return head.layer().name() + " " + ends;
    }
    return stage.getClass().getSimpleName() + " " + ends;
  }

  private static Blueprint network(Function<BlueprintBuilder, Value> body) {
    BlueprintBuilder net = new BlueprintBuilder("toy", 32);
    body.apply(net);
    return net.build();
  }

  private static Value classified(BlueprintBuilder net, Value value) {
    return net.linear("fc", net.globalAvgPool(value), 10);
  }

  @Test
  void aPreActivationBlockAddsInItsLastConvolution() {
    assertThat(describe(network(net -> {
      Value stem = net.conv("stem", net.image(), 4, 3, 1);
      Value branch = net.conv("conv2", net.batchNormRelu("bn2", net.conv("conv1", net.batchNormRelu("bn1", stem), 4, 3, 1)), 4, 3, 1);
      Value sum = net.add(branch, stem);
      return classified(net, net.batchNormRelu("bn", sum));
    }))).containsExactly(
        "stem [0] 1", "bn1 [1] 3", "conv1 [3] 4", "bn2 [4] 6", "conv2 [6, 1] 8", "bn [8] 10", "AveragePool [10] 11", "fc [11] 12");
  }

  @Test
  void aProjectionIsTheLaterConvolution() {
    assertThat(describe(network(net -> {
      Value a = net.batchNormRelu("bn1", net.conv("stem", net.image(), 4, 3, 1));
      Value branch = net.conv("conv1", a, 8, 3, 2);
      Value sum = net.add(branch, net.conv("shortcut", a, 8, 1, 2));
      return classified(net, net.batchNormRelu("bn", sum));
    }))).contains("conv1 [3] 4", "shortcut [3, 4] 6");
  }

  @Test
  void aPostActivationBlockAddsInItsRectifier() {
    assertThat(describe(network(net -> {
      Value a = net.batchNormRelu("bn1", net.conv("stem", net.image(), 4, 3, 1));
      Value same = net.relu(net.add(net.batchNorm("bn2", net.conv("conv2", a, 4, 3, 1)), a));
      Value projected = net.batchNorm("bn4", net.conv("conv4", same, 8, 1, 2));
      return classified(net, net.relu(net.add(net.batchNorm("bn3", net.conv("conv3", same, 8, 3, 2)), projected)));
    }))).contains("bn2 [4, 3] 7", "conv4 [7] 8", "conv3 [7] 10", "bn3+bn4 [10, 8] 13");
  }

  /** Convolutions and shortcuts, rectifiers, pools and the linear layer: 20 + 17 + 2 for ResNet-18, 53 + 49 + 2 for ResNet-50 and so on. */
  @ParameterizedTest
  @CsvSource({"RESNET18, 39", "RESNET50, 104", "VGG16, 33", "WIDERESNET, 18", "RESNET18_POST, 39"})
  void fusesTheNodesOfEveryKindOfNetwork(Arch arch, int stages) {
    Blueprint blueprint = Blueprints.create(new NetworkConfig(arch, 4, 10, 1), 10, 32, Density.DENSE);
    assertThat(Stages.of(blueprint).list()).hasSize(stages);
  }

  @Test
  void biasesBelongToTheBatchNormBehind() {
    Stages stages = Stages.of(network(net -> classified(net, net.batchNormRelu("bn", net.convWithBias("conv", net.image(), 4, 3)))));
    assertThat(stages.norms()).singleElement().extracting(NormLayer::biasName).isEqualTo(Optional.of("conv.bias"));
    assertThat(stages.list().get(0)).extracting("residual").isEqualTo(OptionalInt.empty());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused(net -> net.linear("a", net.linear("b", net.globalAvgPool(net.image()), 4), 2),
        "node 2 (Linear[name=b, in=3, out=4]): expected to be the last node, got another (toy, sparse engine)");
    assertRefused(net -> net.globalAvgPool(net.image()), "last node: expected a linear layer, got GlobalAvgPool[] (toy, sparse engine)");
    assertRefused(net -> classified(net, net.relu(net.conv("c", net.image(), 4, 3, 1))),
        "node 2 (Relu[]): expected to rectify a batch norm, or a sum with a batch norm, got another (toy, sparse engine)");
    assertRefused(net -> classified(net, net.relu(net.image())),
        "node 1 (Relu[]): expected to rectify a batch norm or a sum that nothing else reads, got another (toy, sparse engine)");
    assertRefused(net -> classified(net, net.batchNorm("n", net.image())), "node 1 (BatchNorm[name=n, channels=3]): "
        + "expected only a rectifier, or a sum ahead of one, behind it, got another (toy, sparse engine)");
    assertRefused(net -> classified(net, net.batchNormRelu("m", net.batchNormRelu("n", net.image()))),
        "node 3 (BatchNorm[name=m, channels=3]): expected something else than a rectified value ahead of it, got another "
            + "(toy, sparse engine)");
    assertRefused(net -> classified(net, net.convWithBias("c", net.image(), 4, 3)), "node 1 (Conv2d[name=c, in=3, out=4, kernel=3, "
        + "stride=1, padding=1, bias=true]): expected no bias, or a batch norm as its only reader, got another (toy, sparse engine)");
    assertRefused(net -> classified(net, net.add(net.image(), net.image())), "node 1 (Add[]): expected its later summand to be a "
        + "convolution that nothing else reads, or a rectifier behind a sum with a batch norm, got another (toy, sparse engine)");
    assertRefused(net -> {
      net.conv("dead", net.image(), 4, 3, 1);
      return classified(net, net.image());
    }, "node 1 (Conv2d[name=dead, in=3, out=4, kernel=3, stride=1, padding=1, bias=false]): expected a reader, got another "
        + "(toy, sparse engine)");
    assertRefused(net -> classified(net, net.append(new Op.Conv2d("wide", 3, 4, 5, 1, 2, false), net.image())),
        "kernel: expected 3x3 with padding 1 or 1x1 without, got 5x5 with padding 2 (wide, sparse engine)");
  }

  private static void assertRefused(Function<BlueprintBuilder, Value> body, String message) {
    Blueprint blueprint = network(body);
    assertThatThrownBy(() -> Stages.of(blueprint)).isInstanceOf(BadInput.class).hasMessage(message);
  }
}
