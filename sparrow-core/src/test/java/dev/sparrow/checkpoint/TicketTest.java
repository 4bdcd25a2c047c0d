package dev.sparrow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.config.TicketKind;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.Checksums;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.nn.Network;
import dev.sparrow.sparse.DistanceHistory;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketTest {

  private static final NetworkConfig TINY = new NetworkConfig(Arch.RESNET18, 1, 34, 10);
  private static final ModelInfo INFO = new ModelInfo(TINY, new Density(0.5), 10, 32, Normalization.CIFAR10);
  private static final TicketOrigin ORIGIN =
      new TicketOrigin(
          Optional.of(ScorerKind.MAGNITUDE),
          Optional.empty(),
          Optional.of("sha256:0"),
          Optional.of(new TicketSearch(true, 3, 1, 2, 0.08, new DistanceHistory(List.of(List.of(), List.of(0.5), List.of(0.25, 0.125))))));

  @TempDir Path root;
  private final Blueprint blueprint = Blueprints.create(TINY, 10, 32, Density.DENSE);
  private Network network;
  private MaskSet masks;
  private TensorScope scope;
  private Path folder;

  @BeforeEach
  void save() throws IOException {
    scope = TensorScope.open();
    network = new Network(blueprint, new Seed(1), DeviceSpec.CPU);
    Map<String, Density> half = new LinkedHashMap<>();
    blueprint.prunable().keySet().forEach(name -> half.put(name, new Density(0.5)));
    masks = MaskSet.random(network.parameters(), half, new Seed(2));
    folder = root.resolve("ticket");
    Files.write(root.resolve("drawn.png"), new byte[] {1, 2, 3});
    Ticket.save(
        folder,
        new TicketContent(
            TicketKind.UNSTRUCTURED,
            new Density(0.5),
            ORIGIN,
            INFO,
            network.parameters(),
            network.buffers(),
            masks,
            Optional.of(root.resolve("drawn.png"))));
  }

  @AfterEach
  void release() {
    masks.close();
    network.close();
    scope.close();
  }

  @Test
  void everythingComesBack() throws IOException {
    try (Ticket ticket = Ticket.open(folder);
        Network other = new Network(blueprint, new Seed(9), DeviceSpec.CPU);
        MaskSet read = ticket.readMasks(other.parameters())) {
      ticket.loadNetwork(other.parameters(), other.buffers());
      assertThat(read.names()).containsExactlyElementsOf(blueprint.prunable().keySet());
      assertThat(read.distance(masks)).isZero();
      assertThat(ticket.manifest().origin()).isEqualTo(ORIGIN);
      assertThat(ticket.manifest().model()).isEqualTo(INFO);
      assertThat(ticket.manifest().density()).isEqualTo(new Density(0.5));
      assertThat(ticket.manifest().reachedDensity()).isEqualTo((double) masks.active() / masks.size());
      float[] weights = Tensors.toFloats(network.parameters().get("conv1.weight"));
      boolean[] active = masks.get("conv1.weight").toBooleans();
      float[] got = Tensors.toFloats(other.parameters().get("conv1.weight"));
      for (int i = 0; i < weights.length; i++) {
        assertThat(got[i]).isEqualTo(active[i] ? weights[i] : 0f);
      }
    }
    assertThat(folder.resolve("distances.png")).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void copyIsTheSameTicketAndNothingElse() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "not part of a ticket");
    Path copy = root.resolve("run").resolve("ticket");
    Ticket.copy(folder, copy);
    for (String name : List.of("ticket.json", "tensors.safetensors", "distances.png")) {
      assertThat(copy.resolve(name)).hasSameBinaryContentAs(folder.resolve(name));
    }
    assertThat(copy.resolve("notes.txt")).doesNotExist();
  }

  @Test
  void copyFollowsNoLinkForThePictureAndLeavesNothingOfADamagedTicket() throws IOException {
    Path secret = Files.writeString(root.resolve("secret"), "not a picture");
    Files.delete(folder.resolve("distances.png"));
    try {
      Files.createSymbolicLink(folder.resolve("distances.png"), secret);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "links need a privilege here");
    }
    Path copy = root.resolve("copy");
    Ticket.copy(folder, copy);
    assertThat(copy.resolve("distances.png")).doesNotExist();
    Files.write(folder.resolve("tensors.safetensors"), new byte[8]);
    Path another = root.resolve("another");
    assertThatThrownBy(() -> Ticket.copy(folder, another)).hasMessageStartingWith("checksum of tensors.safetensors");
    assertThat(another).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"window, 2, -5", "window, 2, 1", "weightsEpoch, 1, 4", "epochs, 3, 2", "threshold, 0.08, 1.5"})
  void aSearchThatCannotBeIsRefused(String key, String from, String to) throws IOException {
    edit("\"" + key + "\": " + from, "\"" + key + "\": " + to);
    assertThatThrownBy(() -> Ticket.open(folder)).isInstanceOf(BadInput.class).hasMessageStartingWith("search: expected ");
  }

  @Test
  void ticketIsANetworkToEvaluate() throws IOException {
    try (LoadedModel loaded = LoadedModel.fromTicket(folder, EngineChoice.EXACT)) {
      assertThat(loaded.info()).isEqualTo(INFO);
      float[] linear = Tensors.toFloats(loaded.model().parameters().get("linear.weight"));
      int zeros = 0;
      for (float weight : linear) {
        zeros += weight == 0 ? 1 : 0;
      }
      assertThat(zeros).isEqualTo(40); // half of 10 x 8
    }
  }

  @Test
  void misfitsOfTheNetworkAreListed() throws IOException {
    try (Ticket ticket = Ticket.open(folder)) {
      ticket.checkModel(new ModelInfo(TINY, new Density(0.2), 10, 32, Normalization.CIFAR10)); // the density changes SmallDense alone
      ticket.checkModel(new ModelInfo(new NetworkConfig(Arch.RESNET18, 1, 10, 1), new Density(0.5), 10, 32, Normalization.CIFAR10));
      ModelInfo other = new ModelInfo(new NetworkConfig(Arch.VGG11, 4, 34, 10), new Density(0.5), 100, 64, Normalization.CIFAR10);
      assertThatThrownBy(() -> ticket.checkModel(other))
          .isInstanceOf(BadInput.class)
          .hasMessage(
              "network of the ticket: expected the one to train, got architecture resnet18 instead of vgg11, width 1 instead of 4, "
                  + "classes 10 instead of 100, image size 32 instead of 64 ("
                  + folder
                  + ")");
    }
  }

  @Test
  void whatIsNoTicketIsRefused() throws IOException {
    Path nothing = root.resolve("nothing");
    assertRefused(nothing, "ticket: expected a folder with ticket.json, got nothing (" + nothing + ")");
    Path run = Files.createDirectories(root.resolve("other"));
    Files.writeString(run.resolve("manifest.json"), "{}");
    assertRefused(run, "ticket: expected a folder with ticket.json, got none in it (" + run + ")");
    edit("\"format\": 1", "\"format\": 2");
    assertRefused(folder, "ticket format: expected 1, got 2 (" + folder.resolve("ticket.json") + ")");
  }

  @Test
  void damageIsFound() throws IOException {
    Path tensors = folder.resolve("tensors.safetensors");
    byte[] whole = Files.readAllBytes(tensors);
    byte[] flipped = whole.clone();
    flipped[flipped.length - 1] ^= 1;
    for (byte[] damaged : List.of(flipped, Arrays.copyOf(whole, whole.length / 2), new byte[0])) {
      Files.write(tensors, damaged);
      assertThatThrownBy(() -> Ticket.open(folder)).isInstanceOf(BadInput.class).hasMessageStartingWith("checksum of tensors.safetensors: ");
    }
    Files.delete(tensors);
    assertRefused(folder, "ticket: expected tensors.safetensors beside ticket.json, got no such file (" + folder + ")");
  }

  @Test
  void truncatedOrEditedManifestIsRefused() throws IOException {
    Path manifest = folder.resolve("ticket.json");
    String text = Files.readString(manifest);
    for (int length : List.of(0, 1, text.length() / 3, text.length() - 3)) {
      Files.writeString(manifest, text.substring(0, length));
      assertThatThrownBy(() -> Ticket.open(folder)).isInstanceOf(BadInput.class).hasMessageContaining("ticket.json");
    }
    Files.writeString(manifest, text);
    edit("\"width\": 1", "\"width\": 2000000000");
    assertThatThrownBy(() -> Ticket.open(folder)).isInstanceOf(BadInput.class).hasMessageContaining("at most 65536");
    edit("\"width\": 2000000000", "\"width\": 2");
    assertThatThrownBy(() -> Ticket.open(folder)).isInstanceOf(BadInput.class).hasMessageContaining("conv1.weight of shape");
    edit("\"width\": 2", "\"width\": 1");
    edit("\"epochs\": 3", "\"epochs\": \"../../3\"");
    assertThatThrownBy(() -> Ticket.open(folder)).isInstanceOf(BadInput.class).hasMessageContaining("origin.search.epochs");
  }

  @Test
  void densitiesThatAreNotThoseOfTheMasksAreRefused() throws IOException {
    edit("\"linear.weight\": 0.5", "\"linear.weight\": 0.25");
    try (Ticket ticket = Ticket.open(folder)) {
      assertThatThrownBy(() -> ticket.readMasks(network.parameters()))
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("masks of the ticket: expected densities {");
    }
  }

  @Test
  void foreignTensorsAreListedAtOnce() throws IOException {
    forge(
        tensors -> {
          tensors.put("mask.conv1.weight", tensors.get("mask.linear.weight"));
          tensors.put("../../etc/passwd", tensors.get("linear.bias"));
          tensors.put("mask.bn.bias", tensors.get("bn.bias"));
          tensors.remove("bn.weight");
        });
    assertThatThrownBy(() -> Ticket.open(folder))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("no bn.weight")
        .hasMessageContaining("mask.conv1.weight of shape 10x8 instead of 1x3x3x3")
        .hasMessageContaining("unknown ../../etc/passwd")
        .hasMessageContaining("mask.bn.bias not boolean");
  }

  /** Changes the tensors and their checksum, as someone with bad intentions would. */
  private void forge(Consumer<Map<String, TensorData>> change) throws IOException {
    Path file = folder.resolve("tensors.safetensors");
    String before = Checksums.sha256(file);
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    try (SafetensorsFile stored = Safetensors.read(file)) {
      for (String name : stored.names()) {
        tensors.put(name, stored.get(name));
      }
    }
    change.accept(tensors);
    edit(before, Safetensors.write(file, tensors, Map.of()));
  }

  private void edit(String from, String to) throws IOException {
    Path manifest = folder.resolve("ticket.json");
    String text = Files.readString(manifest);
    assertThat(text).contains(from);
    Files.writeString(manifest, text.replace(from, to));
  }

  private static void assertRefused(Path folder, String message) {
    assertThatThrownBy(() -> Ticket.open(folder)).isInstanceOf(BadInput.class).hasMessage(message);
  }
}
