package dev.sparrow.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.RandomWeights;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SparseTensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.testing.LibtorchLogits;
import dev.sparrow.testing.MadeUpImages;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Shape;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network against libtorch, from arrays and from a file, with libtorch on the class path and without. */
class SparseModelTest {

  private static final EngineSettings FP32 = new EngineSettings(WordFormat.FP32, 2, KernelChoice.AUTO);
  private static final EngineSettings BF16 = new EngineSettings(WordFormat.BF16, 2, KernelChoice.AUTO);

  @TempDir private Path folder;

  private static ModelInfo info(Arch arch, int side) {
    return new ModelInfo(new NetworkConfig(arch, 3, 10, 2), new Density(0.5), 7, side, Normalization.CIFAR100);
  }

  private static Weights weights(ModelInfo info) {
    Map<String, Density> densities = new LinkedHashMap<>();
    info.blueprint().prunable().keySet().forEach(name -> densities.put(name, new Density(0.3)));
    return RandomWeights.draw(info.blueprint(), densities, new Seed(5));
  }

  private static Stream<Arguments> everyNetwork() {
    return Arrays.stream(Arch.values()).flatMap(arch -> Stream.of(Arguments.of(arch, 32, 35), Arguments.of(arch, 64, 1)));
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void hasLibtorchsLogits(Arch arch, int side, int count) {
    ModelInfo info = info(arch, side);
    Weights weights = weights(info);
    float[] images = MadeUpImages.of(count, side);
    float[] expected = LibtorchLogits.of(weights, info.normalization(), images, count);
    try (SparseModel model = SparseModel.of(weights, info.normalization(), FP32)) {
      assertThat(LibtorchLogits.difference(expected, model.logits(images, count))).isLessThan(1e-4);
      assertThat(model.numClasses()).isEqualTo(7);
      assertThat(model.imageSize()).isEqualTo(side);
    }
    try (SparseModel model = SparseModel.of(weights, info.normalization(), BF16)) {
      assertThat(LibtorchLogits.difference(expected, model.logits(images, count))).isBetween(1e-6, 0.08);
    }
  }

  private Path file(ModelInfo info, Weights weights, Map<String, String> metadata) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, tensors(info, weights), metadata);
    return file;
  }

  private static Map<String, TensorData> tensors(ModelInfo info, Weights weights) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> tensor : info.blueprint().tensors().entrySet()) {
      boolean counter = tensor.getValue().rank() == 0;
      float[] values = counter ? new float[2] : weights.get(tensor.getKey());
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      tensors.put(tensor.getKey(), new TensorData(counter ? DType.I64 : DType.F32, tensor.getValue(), bytes));
    }
    return tensors;
  }

  private static Map<String, String> card(ModelInfo info) {
    return new ModelCard(ModelCard.FORMAT, info, false, 0.3, Optional.of("sha256:1"), Optional.empty()).toMetadata();
  }

  @Test
  void aSparseFileGivesTheSameBits() throws IOException {
    ModelInfo info = info(Arch.RESNET18, 32);
    Weights weights = weights(info);
    Path sparse = folder.resolve("weights.sparrow");
    SparseTensors.write(sparse, tensors(info, weights), Set.of(), card(info));
    float[] images = MadeUpImages.of(3, 32);
    try (SparseModel one = SparseModel.read(file(info, weights, card(info)), FP32);
        SparseModel other = SparseModel.read(sparse, FP32)) {
      assertThat(other.logits(images, 3)).containsExactly(one.logits(images, 3));
    }
  }

  @Test
  void aProgramWithoutLibtorchOnItsClassPathClassifies() throws IOException, InterruptedException {
    ModelInfo info = info(Arch.RESNET18, 32);
    Weights weights = weights(info);
    Path file = file(info, weights, card(info));
    float[] images = MadeUpImages.of(3, 32);
    float[] expected = LibtorchLogits.of(weights, info.normalization(), images, 3);
    try (SparseModel model = SparseModel.read(file, FP32)) {
      assertThat(LibtorchLogits.difference(expected, model.logits(images, 3))).isLessThan(1e-4);
    }
    String printed = run("--add-modules", "jdk.incubator.vector", "-cp", classPathWithoutLibtorch(), WithoutLibtorch.class.getName(), file.toString());
    String[] numbers = printed.substring(1, printed.length() - 1).split(", ");
    float[] logits = new float[numbers.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Float.parseFloat(numbers[i]);
    }
    assertThat(LibtorchLogits.difference(expected, logits)).isLessThan(1e-4);
  }

  private static String classPathWithoutLibtorch() {
    List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    List<String> some = all.stream().filter(entry -> !entry.contains("bytedeco")).toList();
    assertThat(some).hasSizeLessThan(all.size());
    return some.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    Stream<String> java = Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Process process =
        new ProcessBuilder(Stream.concat(java, Stream.of(arguments)).toList()).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return Files.readString(output).strip();
  }

  @Test
  void wrongImagesAreNamed() {
    ModelInfo info = info(Arch.VGG11, 32);
    try (SparseModel model = SparseModel.of(weights(info), info.normalization(), FP32)) {
      assertThatThrownBy(() -> model.logits(new float[3 * 32 * 32], 2))
          .isInstanceOf(BadInput.class)
          .hasMessage("length of the images: expected 2 x 3x32x32, got 3072 (vgg11)");
      assertThatThrownBy(() -> model.logits(new float[0], 0))
          .isInstanceOf(BadInput.class)
          .hasMessage("number of images: expected at least 1, got 0 (vgg11)");
    }
  }

  @Test
  void aFileMustDescribeItself() throws IOException {
    ModelInfo info = info(Arch.VGG11, 32);
    Path file = file(info, weights(info), Map.of());
    assertThatThrownBy(() -> SparseModel.read(file, FP32))
        .isInstanceOf(BadInput.class)
        .hasMessage("weights: expected a file that describes its network, got one without a description (" + file + ")");
  }
}
