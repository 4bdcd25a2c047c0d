package dev.sparrow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LibtorchClassifierTest {

  private static final Blueprint BLUEPRINT = Blueprints.create(new NetworkConfig(Arch.RESNET18, 2, 10, 1), 10, 32, Density.DENSE);

  @Test
  void frozenWeightsFollowTheParameters() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = classifier(Precision.BF16, ActivationLayout.CHANNELS_LAST)) {
      Tensor images = images();
      float[] before = logits(model, images);
      assertThat(logits(model, images)).isEqualTo(before);
      Arithmetic.fillInPlace(model.parameters().get("linear.weight"), 0);
      float[] bias = Tensors.toFloats(model.parameters().get("linear.bias"));
      float[] after = logits(model, images);
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i]).isCloseTo(bias[i % 10], within(0.01f * Math.abs(bias[i % 10]))); // bf16 keeps 8 bits
      }
    }
  }

  /** bf16 rounds to 8 bits; after some twenty layers the logits still agree to a few per cent of their size. */
  @Test
  void bf16ApproximatesFp32() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier exact = classifier(Precision.FP32, ActivationLayout.CHANNELS_LAST);
        LibtorchClassifier rounded = classifier(Precision.BF16, ActivationLayout.CHANNELS_LAST);
        ModeGuard first = exact.in(Mode.TRAIN_FROZEN);
        ModeGuard second = rounded.in(Mode.TRAIN_FROZEN)) {
      float[] expected = logits(exact, images());
      float[] got = logits(rounded, images());
      double scale = 0;
      for (float value : expected) {
        scale = Math.max(scale, Math.abs(value));
      }
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) got[i]).isCloseTo(expected[i], within(0.1 * scale));
      }
      assertThat(got).isNotEqualTo(expected);
    }
  }

  @Test
  void layoutsAgree() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier last = classifier(Precision.FP32, ActivationLayout.CHANNELS_LAST);
        LibtorchClassifier first = classifier(Precision.FP32, ActivationLayout.CHANNELS_FIRST)) {
      float[] expected = logits(first, images());
      float[] got = logits(last, images());
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) got[i]).isCloseTo(expected[i], within(1e-4 * Math.abs(expected[i]) + 1e-5));
      }
    }
  }

  @Test
  void modesTreatRunningStatisticsAsNamed() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = classifier(Precision.FP32, ActivationLayout.CHANNELS_LAST)) {
      assertThat(model.mode()).isEqualTo(Mode.EVAL);
      float[] eval = logits(model, images());
      try (ModeGuard guard = model.in(Mode.TRAIN_FROZEN)) {
        assertThat(logits(model, images())).isNotEqualTo(eval);
      }
      assertThat(logits(model, images())).isEqualTo(eval);
      assertThat(batches(model)).isZero();
      try (ModeGuard guard = model.in(Mode.TRAIN)) {
        logits(model, images());
        logits(model, images());
      }
      assertThat(batches(model)).isEqualTo(2);
      assertThat(logits(model, images())).isNotEqualTo(eval);
      assertThat(model.mode()).isEqualTo(Mode.EVAL);
    }
  }

  @Test
  void productsAreForWhatWasRecordedAndOnce() {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = classifier(Precision.FP32, ActivationLayout.CHANNELS_LAST);
        Pass pass = model.forward(images(), Recording.INPUT)) {
      Tensor gradient = pass.logits().clone();
      assertThatThrownBy(() -> pass.parameterGradients(gradient)).isInstanceOf(IllegalStateException.class);
      assertThat(Tensors.shape(pass.inputGradient(gradient))).containsExactly(3, 3, 32, 32);
      assertThatThrownBy(() -> pass.inputGradient(gradient))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pass: expected one recorded for INPUT and not used yet, got a used one");
    }
  }

  @ParameterizedTest
  @EnumSource(Recording.class)
  void passesReleaseWhatTheyUse(Recording recording) {
    try (TensorScope scope = TensorScope.open();
        LibtorchClassifier model = classifier(Precision.BF16, ActivationLayout.CHANNELS_LAST)) {
      Tensor images = images();
      pass(model, images, recording); // fills the cache of cast weights
      System.gc();
      Pointer.deallocateReferences();
      long before = Pointer.totalCount();
      for (int i = 0; i < 20; i++) {
        pass(model, images, recording);
      }
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  private static void pass(LibtorchClassifier model, Tensor images, Recording recording) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(images, recording)) {
      if (recording == Recording.INPUT) {
        pass.inputGradient(pass.logits());
      } else if (recording == Recording.PARAMETERS) {
        assertThat(pass.parameterGradients(pass.logits()).names()).containsExactlyElementsOf(BLUEPRINT.parameters().keySet());
      }
    }
  }

  private static LibtorchClassifier classifier(Precision precision, ActivationLayout layout) {
    return new LibtorchClassifier(new Network(BLUEPRINT, new Seed(5), DeviceSpec.CPU), Normalization.CIFAR10, precision, layout);
  }

  private static Tensor images() {
    return Tensors.ofFloats(Golden.images(1, 3, 32), 3, 3, 32, 32);
  }

  private static long batches(LibtorchClassifier model) {
    return Tensors.toLongs(model.buffers().get("bn.num_batches_tracked"))[0];
  }

  private static float[] logits(LibtorchClassifier model, Tensor images) {
    try (Pass pass = model.forward(images, Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }
}
