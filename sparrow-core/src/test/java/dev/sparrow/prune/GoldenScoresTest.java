package dev.sparrow.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.ScorerKind;
import dev.sparrow.data.Batches;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.SynapticFlow;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.GoldenImages;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores agree layer by layer with those of the published reference code. */
class GoldenScoresTest {

  private static final JsonNode GOLDEN = Golden.reference().get("pruner_scores").get(0);
  private static final double RELATIVE = 1e-5;

  private TensorScope scope;
  private LibtorchClassifier model;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    model = FormulaNetwork.of(FlatNet.blueprint(), GOLDEN.get("seed").asLong(), Normalization.NONE);
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
  }

  @Test
  void snip() {
    List<Double> sums = sums(scores(ScorerKind.SNIP));
    double all = sums.stream().mapToDouble(Double::doubleValue).sum();
    assertClose(sums.stream().map(sum -> sum / all).toList(), "snip_layer_share");
  }

  @Test
  void grasp() {
    NamedTensors scores = scores(ScorerKind.GRASP);
    assertClose(sums(scores), "grasp_layer_sum");
    assertClose(sums(scores.map((name, tensor) -> tensor.abs())), "grasp_layer_abs_sum");
  }

  @Test
  void synflow() {
    SynapticFlow flow = SynapticFlow.of(model);
    assertClose(sums(flow.flows()), "synflow_layer_sum");
    assertClose(sums(scores(ScorerKind.SYNFLOW)).stream().map(share -> share * flow.total()).toList(), "synflow_layer_sum");
  }

  private NamedTensors scores(ScorerKind kind) {
    Batches images = new GoldenImages(1, GOLDEN.get("batch").asInt(), GOLDEN.get("image_size").asInt(), FlatNet.CLASSES);
    return Scorers.of(kind).scores(Subjects.dense(model, images));
  }

  private static List<Double> sums(NamedTensors tensors) {
    List<Double> sums = new ArrayList<>();
    for (Tensor tensor : tensors.asMap().values()) {
      sums.add(Tensors.item(tensor.sum()));
    }
    return sums;
  }

  private static void assertClose(List<Double> layers, String key) {
    assertThat(layers).hasSize(GOLDEN.get(key).size());
    for (int i = 0; i < layers.size(); i++) {
      double expected = GOLDEN.get(key).get(i).asDouble();
      assertThat(layers.get(i)).as("%s, layer %d", key, i).isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
    }
  }
}
