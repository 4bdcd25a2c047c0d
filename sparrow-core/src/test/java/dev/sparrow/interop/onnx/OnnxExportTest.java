package dev.sparrow.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.RandomWeights;
import dev.sparrow.arch.Weights;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.interop.onnx.ParsedModel.NodeProto;
import dev.sparrow.testing.LibtorchLogits;
import dev.sparrow.testing.MadeUpImages;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network, read by an independent reader against the rules of ONNX's checker, and run by ONNX Runtime. */
class OnnxExportTest {

  private static final int CLASSES = 7;

  @TempDir private Path folder;

  private static Stream<Arguments> everyNetwork() {
    return Arrays.stream(Arch.values()).flatMap(arch -> Stream.of(32, 64).map(side -> Arguments.of(arch, side)));
  }

  private static Weights weights(Arch arch, int side) {
    Blueprint blueprint = Blueprints.create(new NetworkConfig(arch, 3, 10, 2), CLASSES, side, new Density(0.5));
    return RandomWeights.draw(blueprint, Map.of("conv1.weight", new Density(0.5)), new Seed(arch.ordinal()));
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void isSoundAndHasTheSameLogits(Arch arch, int side) throws OrtException {
    Weights weights = weights(arch, side);
    float[] images = MadeUpImages.of(5, side);
    float[] expected = LibtorchLogits.of(weights, Normalization.CIFAR100, images, 5);
    check(weights, side, images, expected);
    check(weights.withFoldedBatchNorms(), side, images, expected);
  }

  private static void check(Weights weights, int side, float[] images, float[] expected) throws OrtException {
    byte[] model = OnnxExport.toBytes(weights, Normalization.CIFAR100, Map.of());
    CheckerRules.check(ParsedModel.parse(model));
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options)) {
        for (int count : new int[] {1, 5}) {
          float[] logits = logits(session, Arrays.copyOf(images, count * 3 * side * side), count, side);
          assertThat(LibtorchLogits.difference(Arrays.copyOf(expected, count * CLASSES), logits)).isLessThan(1e-4);
        }
      }
    }
  }

  private static float[] logits(OrtSession session, float[] images, int count, int side) throws OrtException {
    try (OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(images), new long[] {count, 3, side, side});
        OrtSession.Result result = session.run(Map.of("images", input))) {
      float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
      assertThat(logits).hasDimensions(count, CLASSES);
      float[] flat = new float[count * CLASSES];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = logits[i / CLASSES][i % CLASSES];
      }
      return flat;
    }
  }

  @Test
  void saysWhatGoesInAndComesOut() {
    ParsedModel model = ParsedModel.parse(OnnxExport.toBytes(weights(Arch.VGG11, 64), Normalization.NONE, Map.of("a", "b", "c", "")));
    assertThat(model.inputs()).containsExactly("images");
    assertThat(model.shapes().get("images")).containsExactly("N", "3", "64", "64");
    assertThat(model.outputs()).containsExactly("logits");
    assertThat(model.shapes().get("logits")).containsExactly("N", "7");
    assertThat(model.properties()).isEqualTo(Map.of("a", "b", "c", ""));
    assertThat(model.constants()).containsKeys("features.0.weight", "features.0.bias", "features.1.running_var", "classifier.bias");
  }

  @Test
  void onlyBatchNormsThatCannotBeFoldedAreLeft() {
    assertThat(norms(Arch.VGG19, true)).isEmpty();
    assertThat(norms(Arch.RESNET18_POST, true)).isEmpty();
    assertThat(norms(Arch.RESNET18, true))
        .containsExactly(
            "layer1.0.bn1", "layer1.1.bn1", "layer2.0.bn1", "layer2.1.bn1", "layer3.0.bn1", "layer3.1.bn1", "layer4.0.bn1", "layer4.1.bn1", "bn");
    assertThat(norms(Arch.RESNET18, false)).hasSize(17);
  }

  private static List<String> norms(Arch arch, boolean folded) {
    Weights weights = folded ? weights(arch, 32).withFoldedBatchNorms() : weights(arch, 32);
    List<NodeProto> nodes = ParsedModel.parse(OnnxExport.toBytes(weights, Normalization.NONE, Map.of())).nodes();
    return nodes.stream().filter(node -> node.type().equals("BatchNormalization")).map(NodeProto::name).toList();
  }

  @Test
  void theFileHoldsTheSame() throws IOException {
    Weights weights = weights(Arch.RESNET18, 32).withFoldedBatchNorms();
    Path file = folder.resolve("model.onnx");
    Files.writeString(file, "old");
    OnnxExport.write(file, weights, Normalization.CIFAR10, Map.of("key", "value"));
    assertThat(file).binaryContent().isEqualTo(OnnxExport.toBytes(weights, Normalization.CIFAR10, Map.of("key", "value")));
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void twoGibibytesAreRefused() {
    Blueprint huge = Blueprints.create(new NetworkConfig(Arch.RESNET18, 512, 10, 1), 10, 32, Density.DENSE);
    assertThatThrownBy(() -> OnnxExport.requireRoom(huge))
        .isInstanceOf(BadInput.class)
        .hasMessageMatching("ONNX model: expected less than 2 GiB, got 2\\d{9} bytes \\(resnet18\\)");
    OnnxExport.requireRoom(Blueprints.create(new NetworkConfig(Arch.RESNET18, 256, 10, 1), 10, 32, Density.DENSE));
  }
}
