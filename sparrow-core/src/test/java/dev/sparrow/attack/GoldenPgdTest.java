package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.loss.Loss;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PGD without random start on a small WideResNet goes step by step where the reference goes. */
class GoldenPgdTest {

  private static final int SIZE = 32;
  private static final int CLASSES = 10;
  private static final Percentage TOLERANCE = Percentage.withPercentage(0.01);

  static Stream<Named<JsonNode>> cases() {
    return StreamSupport.stream(Golden.reference().get("pgd").spliterator(), false).map(node -> Named.of(node.get("norm").asText(), node));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsTheReference(JsonNode golden) {
    assertThat(golden.get("arch").asText()).isEqualTo("wrn-10-2-10");
    int n = golden.get("batch").asInt();
    long seed = golden.get("seed").asLong();
    float[] pixels = Golden.images(seed, n, SIZE);
    ThreatModel threatModel = new ThreatModel(Norm.parse(golden.get("norm").asText()), new Epsilon(golden.get("eps").asDouble()));
    WitnessedLoss loss = new WitnessedLoss();
    Attack attack = new Pgd(threatModel, new Epsilon(golden.get("alpha").asDouble()), golden.get("steps").asInt(), false, loss);
    Blueprint blueprint = Blueprints.create(new NetworkConfig(Arch.WIDERESNET, 64, 10, 2), CLASSES, SIZE, new Density(1));
    try (TensorScope scope = TensorScope.open();
        Classifier model = FormulaNetwork.of(blueprint, seed);
        Rng rng = new Rng(new Seed(1))) {
      Tensor images = Tensors.ofFloats(pixels, n, 3, SIZE, SIZE);
      Tensor labels = Tensors.ofLongs(Golden.labels(seed, n, CLASSES), n);
      AttackOutcome outcome = new AttackRunner(model).evaluate(attack, images, labels, rng);

      JsonNode steps = golden.get("loss_per_step");
      assertThat(loss.means).hasSize(steps.size());
      for (int step = 0; step < steps.size(); step++) {
        assertThat(loss.means.get(step)).as("step %d", step).isCloseTo(steps.get(step).asDouble(), TOLERANCE);
      }
      assertThat(outcome.meanLoss()).isCloseTo(golden.get("final_loss").asDouble(), TOLERANCE);
      long[] predictions = Tensors.toLongs(outcome.predictions());
      for (int i = 0; i < n; i++) {
        assertThat(predictions[i]).isEqualTo(golden.get("final_pred").get(i).asLong());
      }
      assertThat(outcome.maxPerturbation()).isCloseTo(threatModel.eps().value(), within(1e-6));
      assertNorms(golden, pixels, Tensors.toFloats(outcome.adversarial()));
    }
  }

  private static void assertNorms(JsonNode golden, float[] clean, float[] adversarial) {
    int n = golden.get("batch").asInt();
    int size = clean.length / n;
    double sum = 0;
    for (int image = 0; image < n; image++) {
      double squares = 0;
      for (int i = image * size; i < (image + 1) * size; i++) {
        double change = (double) adversarial[i] - clean[i];
        sum += Math.abs(change);
        squares += change * change;
      }
      assertThat(Math.sqrt(squares)).as("image %d", image).isCloseTo(golden.get("delta_l2_per_image").get(image).asDouble(), TOLERANCE);
    }
    assertThat(sum).isCloseTo(golden.get("delta_l1").asDouble(), TOLERANCE);
  }

  /** The cross-entropy; notes its mean at every image whose gradient is asked for. */
  private static final class WitnessedLoss implements Loss {

    private final List<Double> means = new ArrayList<>();

    @Override
    public Tensor perImage(Tensor logits, Tensor labels) {
      return CrossEntropy.INSTANCE.perImage(logits, labels);
    }

    @Override
    public Tensor gradient(Tensor logits, Tensor labels) {
      means.add(Tensors.item(perImage(logits, labels).mean()));
      return CrossEntropy.INSTANCE.gradient(logits, labels);
    }
  }
}
