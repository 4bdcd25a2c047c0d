package dev.sparrow.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.BadInput;
import dev.sparrow.config.EarlyBirdConfig;
import dev.sparrow.config.StageObjective;
import dev.sparrow.config.TicketKind;
import dev.sparrow.io.Json;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The detector on eight convolution weights and four scales, by hand. */
class EarlyBirdTrainingTest {

  private static final Density QUARTER = new Density(0.25);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void unstructuredMaskLooksAtConvolutionsOfAllLayersTogether() {
    // Sorted magnitudes .1 .1 .1 .1 .2 .3 .4 .9: index int(8 * .75) = 6 holds .4, and only what is above it is active.
    float[] conv = {-0.9f, 0.1f, 0.2f, 0.3f, 0.1f, 0.1f, -0.4f, 0.1f};
    PackedMask mask = new TicketPreview(TicketKind.UNSTRUCTURED, weights(conv, 7, 8, 9, 10)).at(QUARTER);
    assertThat(mask.words()).containsExactly(0b00000001);
    assertThat(mask.size()).isEqualTo(8);
    PackedMask half = new TicketPreview(TicketKind.UNSTRUCTURED, weights(conv, 7, 8, 9, 10)).at(new Density(0.5));
    assertThat(half.words()).as("above .2: .9, .3 and .4").containsExactly(0b01001001);
  }

  @Test
  void channelMaskLooksAtScalesAlone() {
    PackedMask mask = new TicketPreview(TicketKind.CHANNEL, weights(new float[8], 0.5f, -3, 1, 2)).at(new Density(0.5));
    assertThat(mask.words()).as("index 2 holds 2, above it -3").containsExactly(0b0010);
    assertThat(mask.size()).isEqualTo(4);
  }

  @Test
  void distancesCountDifferingPositions() {
    PackedMask a = new PackedMask(70, new long[] {0b1011, 1});
    PackedMask b = new PackedMask(70, new long[] {0b0001, 3});
    assertThat(a.distance(b)).isEqualTo(1 - 67 / 70.0);
    assertThat(a.distance(a)).isZero();
    assertThat(a.active()).isEqualTo(4);
    assertThatThrownBy(() -> new PackedMask(65, new long[1])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void completesWhenSettledButNotBeforeTheRewindEpoch() {
    EarlyBirdTraining plain = training(OptionalInt.empty());
    EarlyBirdTraining rewound = training(OptionalInt.of(5));
    float[] first = {9, 8, 1, 1, 1, 1, 1, 1};
    float[] second = {1, 1, 1, 1, 1, 1, 8, 9};
    List<float[]> epochs = List.of(first, second, second, second, second);
    List<Boolean> complete = List.of(false, false, false, true, true);
    for (int epoch = 0; epoch < 5; epoch++) {
      look(plain, epochs.get(epoch));
      look(rewound, epochs.get(epoch));
      assertThat(plain.isComplete()).as("epoch %d", epoch).isEqualTo(complete.get(epoch));
      assertThat(rewound.isComplete()).as("epoch %d, rewind to 5", epoch).isEqualTo(epoch == 4);
    }
    List<List<Double>> rows = plain.settling().orElseThrow().history().rows();
    assertThat(rows.get(1)).as("weight 0 against weight 7").containsExactly(0.25);
    assertThat(rows.get(4)).as("all epochs are kept").containsExactly(0.0, 0.0, 0.0, 0.25);
  }

  @Test
  void stateComesBackAndMisfitsAreRefused() {
    EarlyBirdTraining whole = training(OptionalInt.empty());
    look(whole, new float[] {9, 8, 1, 1, 1, 1, 1, 1});
    look(whole, new float[] {1, 9, 8, 1, 1, 1, 1, 1});
    SparsityState state = whole.capture();
    EarlyBirdTraining resumed = training(OptionalInt.empty());
    TensorsClassifier model = new TensorsClassifier(weights(new float[8], 1, 2, 3, 4));
    resumed.restore(model, new SparsityState(Json.parse(Json.line(state.scalars()), JsonNode.class, "test"), state.tensors()));
    for (EarlyBirdTraining each : List.of(whole, resumed)) {
      look(each, new float[] {9, 1, 8, 1, 1, 1, 1, 1});
    }
    assertThat(resumed.settling()).isEqualTo(whole.settling());
    assertThat(resumed.settling().orElseThrow().latest()).containsExactly(0.25, 0.0);

    SparsityState empty = new SparsityState(state.scalars(), new NamedTensors(Map.of()));
    assertThatThrownBy(() -> resumed.restore(model, empty))
        .isInstanceOf(BadInput.class)
        .hasMessage("mask epoch.0: expected 1 words, got nothing (sparsity state)");
    Map<String, Tensor> more = new LinkedHashMap<>(state.tensors().asMap());
    more.put("epoch.7", more.get("epoch.0"));
    SparsityState surplus = new SparsityState(state.scalars(), new NamedTensors(more));
    assertThatThrownBy(() -> resumed.restore(model, surplus))
        .isInstanceOf(BadInput.class)
        .hasMessage("masks: expected 2 of them, got 3 (sparsity state)");
  }

  private static EarlyBirdTraining training(OptionalInt rewindEpoch) {
    return new EarlyBirdTraining(
        new EarlyBirdConfig(
            TicketKind.UNSTRUCTURED,
            StageObjective.SGD,
            9,
            OptionalDouble.empty(),
            List.of(),
            3,
            OptionalDouble.of(0.1),
            rewindEpoch,
            Optional.empty()),
        QUARTER);
  }

  private static void look(EarlyBirdTraining training, float[] conv) {
    training.afterEpoch(new TensorsClassifier(weights(conv, 1, 2, 3, 4)), new EpochSignals(0, 0, 0, 0));
  }

  /** Two convolutions share the eight weights; the linear layer's and the biases are large, and must not count. */
  private static NamedTensors weights(float[] conv, float... scales) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1.weight", Tensors.ofFloats(Arrays.copyOf(conv, 6), 2, 3, 1, 1));
    tensors.put("bn.weight", Tensors.ofFloats(scales, 4));
    tensors.put("bn.bias", Tensors.ofFloats(new float[] {100, 100, 100, 100}, 4));
    tensors.put("conv2.weight", Tensors.ofFloats(Arrays.copyOfRange(conv, 6, 8), 1, 2, 1, 1));
    tensors.put("fc.weight", Tensors.ofFloats(new float[] {100, 100}, 2, 1));
    return new NamedTensors(tensors);
  }
}
