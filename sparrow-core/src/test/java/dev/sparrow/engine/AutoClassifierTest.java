package dev.sparrow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoClassifierTest {

  private static final Blueprint BLUEPRINT = Blueprints.create(new NetworkConfig(Arch.RESNET18, 2, 10, 1), 5, 32, Density.DENSE);

  @TempDir private Path folder;

  @Test
  void choosesNothingForTheDenseNetwork() {
    try (TensorScope scope = TensorScope.open();
        NetworkClassifier model = automatic(Workload.TRAINING)) {
      logits(model);
      restrict(model, 1);
      logits(model);
      assertThat(model.description()).contains("libtorch");
    }
  }

  @Test
  void followsThePredictionWhereThereIsLittleToDo() {
    try (TensorScope scope = TensorScope.open();
        NetworkClassifier model = automatic(Workload.SMALL);
        NetworkClassifier exact = new LibtorchClassifier(network(), Normalization.CIFAR10, Precision.FP32)) {
      restrict(exact, 0.01);
      restrict(model, 0.01);
      assertThat(model.description()).contains("libtorch");
      assertClose(logits(model), logits(exact));
      assertThat(model.description()).doesNotContain("libtorch");
      restrict(model, 1);
      assertClose(logits(model), logits(model));
      assertThat(model.description()).contains("libtorch");
    }
  }

  @Test
  void keepsWhatItMeasuredAndChangesNothingByMeasuring() throws IOException {
    Path file = folder.resolve("engine.json");
    Workload run = new Workload(Long.MAX_VALUE, true, Optional.of(file));
    try (TensorScope scope = TensorScope.open();
        NetworkClassifier model = automatic(run)) {
      restrict(model, 0.01);
      try (ModeGuard guard = model.in(Mode.TRAIN)) {
        logits(model);
      }
      assertThat(Tensors.toLongs(model.buffers().get("bn.num_batches_tracked"))).as("passes that moved statistics").containsExactly(1);
      assertThat(Files.readString(file)).contains("\"beginning\"").contains("\"placements\"");
    }
  }

  @Test
  void computesWithTheEnginesOfTheJournal() throws IOException {
    Path file = Files.writeString(
        folder.resolve("engine.json"), "{\"beginning\": 0.1, \"placements\": {\"0\": \"dense before layer2.0.bn1\"}}");
    try (TensorScope scope = TensorScope.open();
        NetworkClassifier model = automatic(new Workload(Long.MAX_VALUE, true, Optional.of(file)))) {
      restrict(model, 0.1);
      assertThat(model.description()).contains("up to layer2.0.bn1");
    }
  }

  private static Network network() {
    return new Network(BLUEPRINT, new Seed(3), DeviceSpec.CPU);
  }

  private static NetworkClassifier automatic(Workload workload) {
    return new AutoClassifier(network(), Normalization.CIFAR10, EngineChoice.EXACT.withWorkload(workload));
  }

  private static void restrict(NetworkClassifier model, double density) {
    Map<String, Density> densities = new LinkedHashMap<>();
    model.prunableParameters().forEach(name -> densities.put(name, new Density(density)));
    try (MaskSet masks = MaskSet.random(model.parameters(), densities, new Seed(4))) {
      masks.applyTo(model.parameters());
      model.restrictTo(masks.tensors());
    }
  }

  private static float[] logits(NetworkClassifier model) {
    Tensor images = Tensors.ofFloats(Golden.images(1, 2, 32), 2, 3, 32, 32);
    try (Pass pass = model.forward(images, Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }

  private static void assertClose(float[] got, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) got[i]).isCloseTo(expected[i], within(1e-4 * Math.abs(expected[i]) + 1e-5));
    }
  }
}
