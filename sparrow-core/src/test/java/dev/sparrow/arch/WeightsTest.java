package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.arch.BlueprintBuilder.Value;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {

  /** stem - bn - relu - pool - fc, the stem with one weight per channel and colour. */
  private static Blueprint tiny(boolean bias) {
    BlueprintBuilder net = new BlueprintBuilder("tiny", 4);
    Value stem = bias ? net.convWithBias("stem", net.image(), 2, 1) : net.conv("stem", net.image(), 2, 1, 1);
    net.linear("fc", net.globalAvgPool(net.batchNormRelu("bn", stem)), 2);
    return net.build();
  }

  private static Map<String, float[]> values() {
    Map<String, float[]> values = new LinkedHashMap<>();
    values.put("stem.weight", new float[] {1, 2, 3, 0, -1, 0.5f});
    values.put("bn.weight", new float[] {2, -3});
    values.put("bn.bias", new float[] {0.25f, -1});
    values.put("bn.running_mean", new float[] {4, -2});
    values.put("bn.running_var", new float[] {4 - 1e-5f, 9 - 1e-5f});
    values.put("fc.weight", new float[] {1, 0, 0, 1});
    values.put("fc.bias", new float[] {0, 0});
    return values;
  }

  private static Map<String, float[]> with(String name, float... tensor) {
    Map<String, float[]> values = values();
    values.put(name, tensor);
    return values;
  }

  @Test
  void aFoldedBatchNormIsInTheWeightsAndTheBias() {
    Weights folded = new Weights(tiny(false), values()).withFoldedBatchNorms();
    // Scales 2 / sqrt(4) = 1 and -3 / sqrt(9) = -1; shifts 0.25 - 4 = -3.75 and -1 - (-2)(-1) = -3.
    assertThat(folded.get("stem.weight")).containsExactly(new float[] {1, 2, 3, 0, 1, -0.5f}, within(1e-6f));
    assertThat(folded.get("stem.bias")).containsExactly(new float[] {-3.75f, -3}, within(1e-6f));
    assertThat(folded.values().keySet()).containsExactly("stem.weight", "stem.bias", "fc.weight", "fc.bias");
    assertThat(folded.blueprint().nodes().stream().map(Node::op).map(Object::getClass).map(Class::getSimpleName))
        .containsExactly("Conv2d", "Relu", "GlobalAvgPool", "Linear");
    assertThat(folded.blueprint().nodes().get(3).inputs()).containsExactly(3);
    assertThat(folded.get("fc.weight")).isSameAs(folded.withFoldedBatchNorms().get("fc.weight"));
  }

  @Test
  void aBiasIsScaledToo() {
    Weights folded = new Weights(tiny(true), with("stem.bias", 1, 10)).withFoldedBatchNorms();
    assertThat(folded.get("stem.bias")).containsExactly(new float[] {1 - 3.75f, -10 - 3}, within(1e-5f));
  }

  @Test
  void theOriginalIsLeftAlone() {
    Weights original = new Weights(tiny(true), with("stem.bias", 1, 10));
    original.withFoldedBatchNorms();
    assertThat(original.get("stem.weight")).containsExactly(1, 2, 3, 0, -1, 0.5f);
    assertThat(original.get("stem.bias")).containsExactly(1, 10);
  }

  @Test
  void aValueThatIsReadTwiceKeepsItsBatchNorm() {
    BlueprintBuilder net = new BlueprintBuilder("pre", 4);
    Value stem = net.conv("stem", net.image(), 2, 1, 1);
    Value branch = net.batchNormRelu("bn", stem);
    net.linear("fc", net.globalAvgPool(net.add(stem, branch)), 2);
    Weights original = new Weights(net.build(), values());
    Weights folded = original.withFoldedBatchNorms();
    assertThat(folded.blueprint()).isEqualTo(original.blueprint());
    assertThat(folded.get("stem.weight")).isSameAs(original.get("stem.weight"));
  }

  @Test
  void countsWhatIsNotZero() {
    assertThat(new Weights(tiny(false), values()).nonzeroFraction()).isEqualTo(7 / 10.0); // 5 of 6 and 2 of 4
  }

  @Test
  void whatIsNotZeroIsActive() {
    assertThat(new Weights(tiny(false), values()).active("fc.weight")).containsExactly(true, false, false, true);
  }

  @Test
  void everyNameIsListedAndLengthsAreChecked() {
    Map<String, float[]> values = with("bn2.weight", 1);
    values.remove("bn.bias");
    values.remove("fc.bias");
    assertThatThrownBy(() -> new Weights(tiny(false), values))
        .isInstanceOf(BadInput.class)
        .hasMessage("weights: expected the network's 7 tensors, got missing [bn.bias, fc.bias], unexpected [bn2.weight] (tiny)");
    assertThatThrownBy(() -> new Weights(tiny(false), with("bn.bias", 1, 2, 3)))
        .isInstanceOf(BadInput.class)
        .hasMessage("length of bn.bias: expected 2, got 3 (weights)");
    assertThatThrownBy(() -> new Weights(tiny(false), values()).get("bn.num_batches_tracked"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor: expected one of the network's, got bn.num_batches_tracked");
  }

  @Test
  void everyConvolutionOfAPlainNetworkTakesItsBatchNormIn() {
    assertThat(norms("vgg11")).isZero();
    assertThat(norms("resnet18-post")).isZero();
    assertThat(norms("resnet18")).isEqualTo(9); // one ahead of each of the 8 blocks, and the last
  }

  private static long norms(String arch) {
    Blueprint blueprint =
        Blueprints.create(
            new NetworkConfig(Arch.parse(arch), 2, 10, 1), 10, 32, Density.DENSE);
    Map<String, float[]> zeros = new LinkedHashMap<>();
    Weights.needed(blueprint).forEach((name, shape) -> zeros.put(name, new float[(int) shape.size()]));
    List<Node> nodes = new Weights(blueprint, zeros).withFoldedBatchNorms().blueprint().nodes();
    return nodes.stream().filter(node -> node.op() instanceof Op.BatchNorm).count();
  }
}
