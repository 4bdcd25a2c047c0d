package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Recording;
import dev.sparrow.prune.FlatNet;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targeted FAB finds misclassified images as near as the authors' code does in 100 iterations, and of the same class. */
class GoldenFabTest {

  private static final JsonNode GOLDEN = Golden.autoAttack();

  /** Paths part by the rounding of float32. */
  private static final double TOLERANCE = 1e-3;

  static Stream<Named<JsonNode>> cases() {
    return StreamSupport.stream(GOLDEN.get("fab").spliterator(), false).map(node -> Named.of(node.get("norm").asText(), node));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheSameDistances(JsonNode golden) {
    int n = GOLDEN.get("batch").asInt();
    long seed = GOLDEN.get("seed").asLong();
    long[] classes = StreamSupport.stream(GOLDEN.get("labels").spliterator(), false).mapToLong(JsonNode::asLong).toArray();
    // of radius 0: nothing is near enough, so every image goes through all iterations
    ThreatModel threatModel = new ThreatModel(Norm.parse(golden.get("norm").asText().toLowerCase(Locale.ROOT)), new Epsilon(0));
    TargetedFab fab = new TargetedFab(threatModel, 1, golden.get("iterations").asInt(), 1);
    try (TensorScope scope = TensorScope.open();
        Classifier model = FormulaNetwork.of(FlatNet.blueprint(), seed, Normalization.NONE);
        Rng rng = new Rng(new Seed(1))) {
      Tensor images = Tensors.ofFloats(Golden.images(seed, n, FlatNet.IMAGE_SIZE), n, 3, FlatNet.IMAGE_SIZE, FlatNet.IMAGE_SIZE);
      Tensor labels = Tensors.ofLongs(classes, n);
      Nearest nearest = new Nearest(model, fab, images, labels);
      fab.perturb(new WatchedClassifier(model, nearest), images, labels, rng);
      assertThat(golden.get("delta_norm")).hasSize(n);
      for (int i = 0; i < n; i++) {
        double distance = golden.get("delta_norm").get(i).asDouble();
        assertThat((double) nearest.distances[i]).as("image %d", i).isCloseTo(distance, within(TOLERANCE * distance));
        assertThat(nearest.predictions[i]).as("image %d", i).isEqualTo(golden.get("prediction").get(i).asLong());
      }
    }
  }

  /** Sees all images whose class the search asks for, and keeps the distance and the class of the nearest misclassified ones. */
  private static final class Nearest implements BiConsumer<Tensor, Recording> {

    private final Classifier model;
    private final Attack attack;
    private final Ball ball;
    private final long[] labels;
    private final float[] distances;
    private final long[] predictions;

    Nearest(Classifier model, Attack attack, Tensor images, Tensor labels) {
      this.model = model;
      this.attack = attack;
      this.ball = attack.threatModel().around(images);
      this.labels = Tensors.toLongs(labels);
      distances = new float[this.labels.length];
      Arrays.fill(distances, Float.POSITIVE_INFINITY);
      predictions = new long[distances.length];
    }

    @Override
    public void accept(Tensor images, Recording recording) {
      if (recording != Recording.NONE) {
        return;
      }
      float[] seen = Tensors.toFloats(ball.distances(images));
      long[] classes = Tensors.toLongs(Arithmetic.argmax(Verification.logits(model, attack, images)));
      for (int i = 0; i < seen.length; i++) {
        if (classes[i] != labels[i] && seen[i] < distances[i]) {
          distances[i] = seen[i];
          predictions[i] = classes[i];
        }
      }
    }
  }
}
