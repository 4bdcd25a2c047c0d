package dev.sparrow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.TicketKind;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.Checksums;
import dev.sparrow.io.IOConsumer;
import dev.sparrow.io.Json;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.nn.Network;
import dev.sparrow.sparse.SparsityState;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.testing.Mutations;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sparrow's own folders, damaged and made to do harm. */
class DamagedFoldersTest {

  private static final NetworkConfig TINY = new NetworkConfig(Arch.RESNET18, 1, 34, 10);
  private static final ModelInfo INFO = new ModelInfo(TINY, new Density(0.5), 10, 32, Normalization.CIFAR10);

  /** Networks of this size need some, and JSON's parser too. */
  private static final long SPARE_BYTES = 16 << 20;

  private static final String CHECKSUM = "\"tensorsSha256\": \"[0-9a-f]{64}\"";

  @TempDir private Path root;

  @BeforeEach
  void save() throws IOException {
    try (TensorScope scope = TensorScope.open();
        Network network = new Network(INFO.blueprint(), new Seed(1), DeviceSpec.CPU)) {
      Map<String, Density> half = new LinkedHashMap<>();
      INFO.blueprint().prunable().keySet().forEach(name -> half.put(name, new Density(0.5)));
      try (MaskSet masks = MaskSet.random(network.parameters(), half, new Seed(2))) {
        NamedTensors parameters = network.parameters();
        Ticket.save(
            root.resolve("ticket"),
            new TicketContent(
                TicketKind.UNSTRUCTURED,
                new Density(0.5),
                TicketOrigin.UNKNOWN,
                INFO,
                parameters,
                network.buffers(),
                masks,
                Optional.empty()));
        Map<String, Tensor> state = new LinkedHashMap<>();
        masks.tensors().forEach((name, mask) -> state.put("mask." + name, mask));
        Checkpoint.save(
            root.resolve("checkpoint"),
            new CheckpointContent(
                "sha256:0",
                INFO,
                Progress.START,
                List.of(),
                parameters,
                network.buffers(),
                parameters,
                new SparsityState(Json.tree(Map.of("count", 5)), new NamedTensors(state))));
      }
    }
  }

  private void readTicket() throws IOException {
    try (LoadedModel loaded = LoadedModel.fromTicket(root.resolve("ticket"), EngineChoice.EXACT);
        Ticket ticket = Ticket.open(root.resolve("ticket"));
        MaskSet masks = ticket.readMasks(loaded.model().parameters())) {
      assertThat(masks.size()).isPositive();
    }
  }

  private void readCheckpoint() throws IOException {
    try (TensorScope scope = TensorScope.open();
        LoadedModel loaded = LoadedModel.fromCheckpoint(root.resolve("checkpoint"), EngineChoice.EXACT);
        Checkpoint checkpoint = Checkpoint.open(root.resolve("checkpoint"));
        MaskSet masks = checkpoint.readMasks(loaded.model().parameters())) {
      checkpoint.loadMomentum(loaded.model().parameters());
      assertThat(masks.size()).isPositive();
    }
  }

  private void damage(String folder, String file, int count) throws IOException {
    Path target = root.resolve(folder).resolve(file);
    IOConsumer<Path> reading = path -> read(folder);
    Path manifest = root.resolve(folder).resolve(folder.equals("ticket") ? "ticket.json" : "manifest.json");
    if (file.endsWith(".safetensors")) {
      reading = path -> { // who damages on purpose corrects the checksum
        String checksum = "\"tensorsSha256\": \"" + Checksums.sha256(path) + "\"";
        Files.writeString(manifest, Files.readString(manifest).replaceFirst(CHECKSUM, checksum));
        read(folder);
      };
    }
    Mutations.check(Files.readAllBytes(target), target, count, SPARE_BYTES, reading);
  }

  private void read(String folder) throws IOException {
    if (folder.equals("ticket")) {
      readTicket();
    } else {
      readCheckpoint();
    }
  }

  private static final String FILES = """
      ticket, ticket.json
      ticket, tensors.safetensors
      checkpoint, manifest.json
      checkpoint, tensors.safetensors
      """;

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  @Timeout(120)
  void damagedFoldersAreReadOrRefused(String folder, String file) throws IOException {
    damage(folder, file, 40);
  }

  @Tag("heavy")
  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  @Timeout(900)
  void aThousandMutations(String folder, String file) throws IOException {
    damage(folder, file, 1_000);
  }

  /** A manifest may name any network; no memory is taken for one that the tensors are not of. */
  @ParameterizedTest
  @CsvSource({
    "ticket, ticket.json, '\"width\": 1', '\"width\": 65536'",
    "checkpoint, manifest.json, '\"width\": 1', '\"width\": 65536'",
    "ticket, ticket.json, '\"depthFactor\": 34', '\"depthFactor\": 2000000002'",
    "ticket, ticket.json, '\"arch\": \"resnet18\"', '\"arch\": \"wideresnet\"'",
    "checkpoint, manifest.json, '\"arch\": \"resnet18\"', '\"arch\": \"wideresnet\"'",
    "checkpoint, manifest.json, '\"numClasses\": 10', '\"numClasses\": 2147483647'",
    "checkpoint, manifest.json, '\"imageSize\": 32', '\"imageSize\": 1073741824'"
  })
  void hugeNetworksAreRefused(String folder, String file, String from, String to) throws IOException {
    Path manifest = root.resolve(folder).resolve(file);
    String sound = Files.readString(manifest);
    assertThat(sound).contains(from);
    Files.writeString(manifest, sound.replace(from, to));
    BadInput refusal = Mutations.refused(manifest, SPARE_BYTES, path -> read(folder));
    assertThat(refusal.isUsage()).as(refusal.getMessage()).isFalse();
    assertThat(refusal).hasMessageContaining(root.resolve(folder).toString());
  }

  @Test
  void theDeepestWideResNetIsRefusedToo() throws IOException {
    Path manifest = root.resolve("checkpoint/manifest.json");
    String wide = Files.readString(manifest).replace("\"resnet18\"", "\"wideresnet\"");
    String deep = wide.replace("\"depthFactor\": 34", "\"depthFactor\": 1024");
    Files.writeString(manifest, deep.replace("\"widthFactor\": 10", "\"widthFactor\": 1024"));
    assertThatThrownBy(this::readCheckpoint).isInstanceOf(BadInput.class).hasMessageStartingWith("weights: expected the network's");
  }
}
