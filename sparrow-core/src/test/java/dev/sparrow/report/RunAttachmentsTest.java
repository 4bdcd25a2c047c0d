package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunAttachmentsTest {

  @TempDir private Path root;

  private RunFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new RunFolder(root);
  }

  @Test
  void anEmptyFolderHasNothing() {
    assertThat(RunAttachments.read(folder)).isEqualTo(RunAttachments.NONE);
  }

  @Test
  void masksOfTheLastCheckpointAreCounted() throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", floats(1, 2));
    tensors.put("sparsity/mask.conv1.weight", mask(1, 0, 1, 1));
    tensors.put("sparsity/explored.conv1.weight", mask(1, 1, 1, 1));
    tensors.put("sparsity/mask.linear.weight", mask(0, 0));
    Files.createDirectories(folder.lastCheckpoint());
    Safetensors.write(folder.lastCheckpoint().resolve("tensors.safetensors"), tensors, Map.of());
    assertThat(RunAttachments.read(folder).layers())
        .containsExactlyInAnyOrder(new LayerDensity("conv1.weight", 3, 4), new LayerDensity("linear.weight", 0, 2));
    assertThat(new LayerDensity("conv1.weight", 3, 4).density()).isEqualTo(0.75);
  }

  @Test
  void adversarialImagesAreReadBack() throws IOException {
    Examples.two().write(folder.adversarial());
    AdversarialExamples read = RunAttachments.read(folder).examples().orElseThrow();
    assertThat(read).usingRecursiveComparison().isEqualTo(Examples.two());
    assertThat(read.named(1)).singleElement().satisfies(example -> assertThat(example.after()).isEqualTo("dog"));
  }

  @Test
  void resultCardsAreReadInTheOrderOfTheirNames() throws IOException {
    card("b", "{\"name\":\"x\",\"sparrow\":{\"images\":8,\"cleanAccuracy\":0.5,\"robustAccuracy\":0.25,\"attacks\":"
        + "[{\"name\":\"apgd-ce\",\"robustAccuracy\":0.375,\"seconds\":1},{\"name\":\"square\",\"robustAccuracy\":0.25}],\"flags\":[{\"code\":\"few-classes\"}]}}");
    card("a", "{\"sparrow\":{\"images\":1,\"cleanAccuracy\":1,\"robustAccuracy\":1,\"attacks\":[],\"flags\":[]}}");
    Files.createDirectories(folder.evaluations().resolve("unfinished"));
    assertThat(RunAttachments.read(folder).evaluations())
        .containsExactly(
            new EvaluationSummary("a", 1, 1, 1, Map.of(), List.of()),
            new EvaluationSummary("b", 8, 0.5, 0.25, Map.of("apgd-ce", 0.375, "square", 0.25), List.of("few-classes")));
    card("c", "{}");
    assertThatThrownBy(() -> RunAttachments.read(folder))
        .hasMessage("JSON: expected the key 'sparrow', got none (%s)", folder.evaluations().resolve("c/card.json"));
  }

  private void card(String name, String json) throws IOException {
    Files.writeString(Files.createDirectories(folder.evaluations().resolve(name)).resolve("card.json"), json);
  }

  @Test
  void otherTensorsAreRefused() throws IOException {
    Safetensors.write(folder.adversarial(), Map.of("images", floats(1, 2)), Map.of());
    assertThatThrownBy(() -> RunAttachments.read(folder))
        .hasMessage("shape of tensor 'images': expected [N, 3, S, S] with N of at least 1, got [2] (%s)", folder.adversarial());
  }

  private static TensorData floats(float... values) {
    ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return new TensorData(DType.F32, Shape.of(values.length), data);
  }

  private static TensorData mask(int... active) {
    ByteBuffer data = ByteBuffer.allocate(active.length);
    for (int value : active) {
      data.put((byte) value);
    }
    return new TensorData(DType.BOOL, Shape.of(active.length), data.flip());
  }
}
