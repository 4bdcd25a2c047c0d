package dev.sparrow.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelOrigin;
import dev.sparrow.config.Arch;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.Checksums;
import dev.sparrow.io.Json;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.PyTorchTensor;
import dev.sparrow.io.TensorArchive;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Mutations;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exported checkpoints, read by the reader of files that PyTorch wrote. */
class PyTorchExportTest {

  private static final ModelExport.Request WHOLE = new ModelExport.Request(ExportFormat.PYTORCH, false, OptionalInt.empty());

  @TempDir private Path folder;

  private static JsonNode classes() {
    try {
      return Json.read(Path.of(PyTorchExportTest.class.getResource("/pytorch/classes.json").toURI()), JsonNode.class);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Of width 4, where the reference's class has no widths of its own. */
  private static StoredModel model(Arch arch) {
    int width = arch == Arch.WIDERESNET || arch == Arch.SMALLDENSE ? 64 : 4;
    return MadeUpModels.of(arch, width, 32, false, ModelOrigin.UNKNOWN);
  }

  private Path exported(Arch arch) throws IOException {
    Path file = folder.resolve("model.pt");
    try (StoredModel stored = model(arch)) {
      ModelExport.write(stored, WHOLE, file);
    }
    return file;
  }

  private static Map<?, ?> state(PyTorchFile file) {
    return (Map<?, ?>) ((Map<?, ?>) file.content()).get("state_dict");
  }

  /** {@code classes.json} is Python's: what {@code load_state_dict(strict=True)} of the reference's classes compares. */
  @ParameterizedTest
  @EnumSource(Arch.class)
  void namesTypesAndShapesAreThoseOfTheReferencesClass(Arch arch) throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    try (PyTorchFile file = PyTorchFile.open(exported(arch))) {
      for (Map.Entry<?, ?> entry : state(file).entrySet()) {
        PyTorchTensor tensor = (PyTorchTensor) entry.getValue();
        String type = entry.getKey().toString().endsWith("num_batches_tracked") ? "torch.int64" : "torch.float32";
        assertThat(tensor.dtype().name()).isEqualTo(type.equals("torch.int64") ? "I64" : "F32");
        String shape = tensor.shape().dims().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        lines.add(entry.getKey() + " " + type + " " + shape + "\n");
      }
    }
    JsonNode expected = classes().get(arch.label());
    assertThat(lines).hasSize(expected.get("tensors").asInt());
    MessageDigest digest = Checksums.sha256();
    digest.update(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    assertThat(Checksums.hex(digest)).isEqualTo(expected.get("sha256").asText());
  }

  @Test
  void theNormalisationIsAmongTheTensors() throws IOException {
    try (PyTorchFile file = PyTorchFile.open(exported(Arch.VGG11))) {
      assertThat(floats(file, "normalize.mean")).containsExactly(.5071f, .4865f, .4409f);
      assertThat(floats(file, "normalize.std")).containsExactly(.2673f, .2564f, .2762f);
    }
  }

  @Test
  void everyChannelIsSelected() throws IOException {
    try (PyTorchFile file = PyTorchFile.open(exported(Arch.RESNET18_POST))) {
      assertThat(floats(file, "select.indexes")).containsExactly(1, 1, 1, 1);
      assertThat(floats(file, "layer2.0.select.indexes")).containsExactly(1, 1, 1, 1);
      assertThat(floats(file, "layer2.1.select.indexes")).containsExactly(1, 1, 1, 1, 1, 1, 1, 1);
    }
  }

  private static float[] floats(PyTorchFile file, String name) throws IOException {
    FloatBuffer buffer = file.read((PyTorchTensor) state(file).get(name)).data().asFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }

  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "RESNET18_POST", "VGG11", "WIDERESNET", "SMALLDENSE"})
  void itIsReadWithoutOptions(Arch arch) throws IOException {
    Path file = exported(arch);
    try (StoredModel stored = model(arch);
        LoadedModel loaded = LoadedModel.fromWeights(file, EngineChoice.EXACT)) {
      assertThat(loaded.info()).isEqualTo(stored.model().info());
      stored
          .model()
          .model()
          .parameters()
          .forEach((name, tensor) -> assertThat(Tensors.toFloats(loaded.model().parameters().get(name))).as(name).isEqualTo(Tensors.toFloats(tensor)));
    }
  }

  /** So that the reference's class takes what is in a safetensors file as well. */
  @ParameterizedTest
  @EnumSource(names = {"RESNET18", "RESNET18_POST"})
  void otherFormatsHoldTheSameTensors(Arch arch) throws IOException {
    for (ExportFormat format : List.of(ExportFormat.SAFETENSORS, ExportFormat.SPARROW_SPARSE)) {
      Path file = folder.resolve(format.label());
      try (StoredModel stored = model(arch)) {
        ModelExport.write(stored, new ModelExport.Request(format, false, OptionalInt.empty()), file);
      }
      try (PyTorchFile expected = PyTorchFile.open(exported(arch));
          TensorArchive tensors = TensorArchive.open(file);
          LoadedModel loaded = LoadedModel.fromWeights(file, EngineChoice.EXACT)) {
        assertThat(tensors.names()).as(format.label()).isEqualTo(state(expected).keySet());
        assertThat(loaded.info().network().arch()).isEqualTo(arch);
      }
    }
  }

  @Test
  void aCompactNetworkIsReadToo() throws IOException {
    Path file = folder.resolve("compact.pt");
    try (StoredModel stored = MadeUpModels.of(Arch.RESNET18, 4, 32, true, ModelOrigin.UNKNOWN)) {
      ModelExport.Report report = ModelExport.write(stored, new ModelExport.Request(ExportFormat.PYTORCH, false, OptionalInt.of(1)), file);
      assertThat(report.compact()).isTrue();
      try (LoadedModel loaded = LoadedModel.fromWeights(file, EngineChoice.EXACT)) {
        assertThat(loaded.blueprint().parameterCount()).isEqualTo(report.parameters().after()).isLessThan(report.parameters().before());
      }
    }
  }

  @Test
  void theSameNetworkMakesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(exported(Arch.RESNET18));
    assertThat(exported(Arch.RESNET18)).binaryContent().isEqualTo(first);
  }

  /** Four bytes of the file's own text are replaced, and the checksum with them. */
  @Test
  void anotherNormalisationThanTheFileSaysIsRefused() throws IOException {
    Path file = exported(Arch.RESNET18);
    byte[] bytes = Files.readAllBytes(file);
    Path contradiction = Files.write(folder.resolve("contradiction.pt"), StoredEntries.replaced(bytes, "[0.5071,0.", "[0.5072,0."));
    assertThatThrownBy(() -> LoadedModel.fromWeights(contradiction, EngineChoice.EXACT))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("normalisation: expected 0.5072,0.4865,0.4409,0.2673,0.2564,0.2762 as the file says, got cifar100 (")
        .hasMessageEndingWith("(" + contradiction + ")");
  }

  @Test
  @Timeout(120)
  void damageIsRefused() throws IOException {
    damaged(40);
  }

  @Test
  @Tag("heavy")
  @Timeout(900)
  void muchDamageIsRefused() throws IOException {
    damaged(1_000);
  }

  private void damaged(int count) throws IOException {
    byte[] whole = Files.readAllBytes(exported(Arch.RESNET18));
    Mutations.check(whole, folder.resolve("damaged.pt"), count, 16 << 20, file -> LoadedModel.fromWeights(file, EngineChoice.EXACT).close());
  }
}
