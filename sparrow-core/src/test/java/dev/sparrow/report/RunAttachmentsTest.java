package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.io.DType;
import dev.sparrow.io.Json;
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
import java.util.Optional;
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
    ResultCard.AttackLine ce = new ResultCard.AttackLine("apgd-ce", 0.375, 4, 1, 0, 0.03, 1, 400, 400);
    ResultCard.AttackLine square = new ResultCard.AttackLine("square", 0.25, 3, 1, 0, 0.03, 1, 900, 0);
    card("b", 8, 0.5, 0.25, List.of(ce, square), List.of(new ResultCard.FlagLine("few-classes", "2 classes", "docs/flags.md")));
    card("a", 1, 1, 1, List.of(), List.of());
    Files.createDirectories(folder.evaluations().resolve("unfinished"));
    assertThat(RunAttachments.read(folder).evaluations())
        .containsExactly(
            new EvaluationSummary("a", 1, 1, 1, Map.of(), List.of()),
            new EvaluationSummary("b", 8, 0.5, 0.25, Map.of("apgd-ce", 0.375, "square", 0.25), List.of("few-classes")));
    Path damaged = EvaluationFolder.of(folder, "b").card();
    Files.writeString(damaged, "{");
    assertThatThrownBy(() -> RunAttachments.read(folder)).isInstanceOf(BadInput.class).hasMessageContaining(damaged.toString());
  }

  private void card(
      String name, int images, double clean, double robust, List<ResultCard.AttackLine> attacks, List<ResultCard.FlagLine> flags)
      throws IOException {
    ResultCard.Details details =
        new ResultCard.Details(
            1, "runs/x", Optional.empty(), "linf", images, clean, robust, attacks, flags, 1, 128, "cpu", "dense", "fp32", 2, Map.of());
    ResultCard card =
        new ResultCard(
            "", "x", "", Optional.empty(), 1, "cifar10", "", "resnet18", "8/255", "50.00", "25.00", Optional.empty(), "", false, details);
    Path file = EvaluationFolder.of(folder, name).card();
    Files.createDirectories(file.getParent());
    Files.writeString(file, Json.pretty(card));
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
