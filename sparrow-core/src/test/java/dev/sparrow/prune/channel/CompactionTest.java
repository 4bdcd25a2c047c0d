package dev.sparrow.prune.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.SoftmaxLoss;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes and what stays, by hand, on the toy: a stream of 4 channels and 3 inside its block. */
class CompactionTest {

  private static final Blueprint TOY = ResidualToy.BLUEPRINT;

  private TensorScope scope;
  private NoGradGuard guard;
  private Classifier model;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    guard = Tensors.noGrad();
    model = Trained.of(TOY);
  }

  @AfterEach
  void close() {
    model.close();
    guard.close();
    scope.close();
  }

  /** Sets a whole slice of a parameter or buffer. */
  private void set(String name, int axis, int channel, double value) {
    Tensor tensor = model.parameters().names().contains(name) ? model.parameters().get(name) : model.buffers().get(name);
    tensor.select(axis, channel).fill_(new Scalar(value));
  }

  private void killFilter(String layer, int channel) {
    set(layer + ".weight", 0, channel, 0);
  }

  /** The widths of stream and block, after a check that the function is the same. */
  private String widths(int alignment) {
    Compaction compaction = Compaction.of(TOY, model.parameters(), model.buffers(), alignment);
    try (Classifier compact = Trained.compact(compaction, model)) {
      for (Mode mode : Mode.values()) {
        try (ModeGuard one = model.in(mode);
            ModeGuard other = compact.in(mode)) {
          assertThat(Trained.difference(model, compact, Trained.images(4, 8))).as("%s", mode).isLessThan(1e-5);
        }
      }
    }
    Shape first = compaction.blueprint().parameters().get("first.weight");
    return first.dim(1) + "," + first.dim(0);
  }

  private String widths() {
    return widths(1);
  }

  @Test
  void everyChannelOfATrainedNetworkStays() {
    assertThat(widths()).isEqualTo("4,3");
  }

  /** Stem 3x3x3x3, bn1 2x3, first 1x3x3x3, bn2 2x1, second 3x1x1x1, bn 2x3, fc 2x3 + 2. */
  @Test
  void theParametersOfAPrunedNetworkAreCounted() {
    killStream(0);
    killBlock(0);
    killBlock(1);
    Compaction compaction = Trained.compaction(TOY, model);
    assertThat(compaction.blueprint().parameterCount()).isEqualTo(81 + 6 + 27 + 2 + 3 + 6 + 8);
    assertThat(compaction.removesNothing()).isFalse();
    assertThat(widths()).isEqualTo("3,1");
  }

  private void killStream(int channel) {
    for (String norm : new String[] {"bn1", "bn"}) {
      set(norm + ".weight", 0, channel, 0);
      set(norm + ".bias", 0, channel, 0);
    }
  }

  private void killBlock(int channel) {
    set("bn2.weight", 0, channel, 0);
    set("bn2.bias", 0, channel, 0);
  }

  @Test
  void whatStaysIsWhatWasThere() {
    killStream(2);
    NamedTensors compact = Trained.compaction(TOY, model).gather(model.parameters());
    Tensor stem = model.parameters().get("stem.weight");
    for (int channel = 0; channel < 3; channel++) {
      Tensor original = stem.select(0, new int[] {0, 1, 3}[channel]);
      assertThat(Tensors.toFloats(compact.get("stem.weight").select(0, channel))).containsExactly(Tensors.toFloats(original));
    }
    assertThat(Tensors.shapeOf(compact.get("fc.weight"))).isEqualTo(Shape.of(2, 3));
    assertThat(Tensors.toFloats(compact.get("fc.bias"))).containsExactly(Tensors.toFloats(model.parameters().get("fc.bias")));
  }

  @Test
  void aChannelThatOneReaderOfTheStreamNeedsStays() {
    set("bn1.weight", 0, 2, 0);
    set("bn1.bias", 0, 2, 0);
    assertThat(widths()).isEqualTo("4,3");
  }

  @Test
  void aSumWithOneDeadSideStays() {
    killFilter("second", 1);
    killFilter("stem", 2);
    assertThat(widths()).isEqualTo("4,3");
  }

  @Test
  void aSumWithTwoDeadSidesGoesIfItsBatchNormsMakeNothingOfIt() {
    killFilter("second", 1);
    killFilter("stem", 1);
    assertThat(widths()).isEqualTo("4,3"); // shifts are positive
    for (String norm : new String[] {"bn1", "bn"}) {
      set(norm + ".bias", 0, 1, -0.1);
      set(norm + ".running_mean", 0, 1, 0);
    }
    assertThat(widths()).isEqualTo("3,3");
  }

  @Test
  void aDeadFilterGoesIfTheRectifierCutsItsShiftOff() {
    killFilter("first", 1);
    set("bn2.running_mean", 0, 1, 0);
    set("bn2.bias", 0, 1, 0.1);
    assertThat(widths()).isEqualTo("4,3");
    set("bn2.bias", 0, 1, -0.1);
    assertThat(widths()).isEqualTo("4,2");
  }

  /** A constant is below zero with the running statistics, but above with those of a batch, or the other way round. */
  @Test
  void aChannelGoesOnlyIfItIsZeroInBothModes() {
    killFilter("first", 1);
    set("bn2.bias", 0, 1, 0.1);
    set("bn2.running_mean", 0, 1, 100);
    assertThat(widths()).isEqualTo("4,3");
    set("bn2.bias", 0, 1, -0.1);
    set("bn2.running_mean", 0, 1, -100);
    assertThat(widths()).isEqualTo("4,3");
  }

  @Test
  void aScaleOfZeroWithANegativeShiftIsZeroBehindTheRectifier() {
    set("bn2.weight", 0, 0, 0);
    set("bn2.bias", 0, 0, 0.5);
    assertThat(widths()).isEqualTo("4,3");
    set("bn2.bias", 0, 0, -0.5);
    assertThat(widths()).isEqualTo("4,2");
  }

  @Test
  void aChannelThatNobodyReadsGoes() {
    set("second.weight", 1, 2, 0);
    assertThat(widths()).isEqualTo("4,2");
  }

  /** The only reader of channel 3 of the stream, but for the block, is the classifier. */
  @Test
  void aChannelThatOnlyDeadChannelsReadGoes() {
    set("fc.weight", 1, 3, 0);
    assertThat(widths()).isEqualTo("4,3"); // the block reads it
    set("second.weight", 1, 0, 0);
    set("second.weight", 1, 1, 0);
    set("second.weight", 1, 2, 0);
    assertThat(widths()).isEqualTo("3,1");
  }

  @Test
  void anAlignmentKeepsMore() {
    killStream(0);
    killBlock(0);
    killBlock(1);
    assertThat(widths(2)).isEqualTo("4,2");
    assertThat(widths(16)).isEqualTo("4,3");
    assertThatThrownBy(() -> widths(0))
        .isInstanceOf(BadInput.class)
        .hasMessage("--align: expected a whole number of at least 1, got 0");
  }

  @Test
  void aBiasIsAConstant() {
    BlueprintBuilder net = new BlueprintBuilder("biased", 8);
    net.linear("fc", net.globalAvgPool(net.batchNormRelu("bn", net.convWithBias("conv", net.image(), 3, 3))), 2);
    Blueprint blueprint = net.build();
    try (Classifier biased = Trained.of(blueprint)) {
      biased.parameters().get("conv.weight").select(0, 0).zero_();
      biased.parameters().get("conv.bias").select(0, 0).fill_(new Scalar(0.7));
      biased.parameters().get("bn.bias").select(0, 0).fill_(new Scalar(-0.5));
      biased.buffers().get("bn.running_mean").select(0, 0).fill_(new Scalar(0.7));
      assertThat(Trained.compaction(blueprint, biased).blueprint().parameters().get("conv.weight")).isEqualTo(Shape.of(2, 3, 3, 3));
      biased.buffers().get("bn.running_mean").select(0, 0).fill_(new Scalar(-50));
      assertThat(Trained.compaction(blueprint, biased).removesNothing()).isTrue();
    }
  }

  @Test
  void compactingLeavesNoNativeObjectsBehind() {
    killStream(0);
    Trained.compact(Trained.compaction(TOY, model), model).close();
    long before = Pointer.totalCount();
    for (int i = 0; i < 10; i++) {
      Trained.compact(Trained.compaction(TOY, model), model).close();
    }
    assertThat(Pointer.totalCount()).isEqualTo(before);
  }

  @Test
  void trainingWithTheMasksKeepsDeadChannelsDead() {
    try (MaskSet masks = ChannelPruning.masks(TOY, model.parameters(), new Density(0.5))) {
      masks.applyTo(model.parameters());
      Blueprint before = Trained.compaction(TOY, model).blueprint();
      for (int step = 0; step < 3; step++) {
        try (TensorScope stepScope = TensorScope.open();
            ModeGuard mode = model.in(Mode.TRAIN);
            Pass pass = model.forward(Trained.images(4, 8), Recording.PARAMETERS)) {
          NamedTensors gradients = pass.parameterGradients(SoftmaxLoss.of(pass.logits(), new long[] {0, 1, 1, 0}).gradient());
          gradients.forEach((name, gradient) -> model.parameters().get(name).sub_(gradient, new Scalar(0.1)));
          masks.applyTo(model.parameters());
        }
      }
      assertThat(before.parameterCount()).isLessThan(TOY.parameterCount());
      assertThat(Trained.compaction(TOY, model).blueprint()).isEqualTo(before);
      widths();
    }
  }
}
