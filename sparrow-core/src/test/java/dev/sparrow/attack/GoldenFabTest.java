package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.Classifier;
import dev.sparrow.prune.FlatNet;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the radius on that the authors' code finds in 100 iterations, and not before, targeted FAB breaks each image. */
class GoldenFabTest {

  private static final JsonNode GOLDEN = Golden.autoAttack();
  private static final Seed SEED = new Seed(1);

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
    try (TensorScope scope = TensorScope.open();
        Classifier model = FormulaNetwork.of(FlatNet.blueprint(), seed, Normalization.NONE)) {
      Tensor images = Tensors.ofFloats(Golden.images(seed, n, FlatNet.IMAGE_SIZE), n, 3, FlatNet.IMAGE_SIZE, FlatNet.IMAGE_SIZE);
      assertThat(golden.get("delta_norm")).hasSize(n);
      for (int i = 0; i < n; i++) {
        double distance = golden.get("delta_norm").get(i).asDouble();
        long predicted = golden.get("prediction").get(i).asLong();
        assertThat(fall(model, images.narrow(0, i, 1), i, golden, distance * (1 - TOLERANCE))).as("image %d, nearer", i).isEqualTo(-1);
        assertThat(fall(model, images.narrow(0, i, 1), i, golden, distance * (1 + TOLERANCE))).as("image %d, there", i).isEqualTo(predicted);
      }
    }
  }

  /** The class that an image falls to within a radius, or -1 if it stands. */
  private static long fall(Classifier model, Tensor image, int index, JsonNode golden, double eps) {
    Norm norm = Norm.parse(golden.get("norm").asText().toLowerCase(Locale.ROOT));
    Search fab = new TargetedFab(new ThreatModel(norm, new Epsilon(eps)), 1, golden.get("iterations").asInt(), 1);
    Tensor label = Tensors.ofLongs(new long[] {GOLDEN.get("labels").get(index).asLong()}, 1);
    try (TensorScope scope = TensorScope.open();
        TensorTable table = Search.table(new long[] {index}, image, label)) {
      fab.begin(model, table, SEED);
      while (!Tensors.toBooleans(table.get(Search.DONE))[0]) {
        fab.advance(model, table, SEED);
      }
      long[] predictions = Tensors.toLongs(Arithmetic.argmax(Verification.logits(model, fab, table.get(Search.ADVERSARIAL))));
      return Tensors.toBooleans(table.get(Search.BROKEN))[0] ? predictions[0] : -1;
    }
  }
}
