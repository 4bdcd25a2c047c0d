package dev.sparrow.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.attack.Aim;
import dev.sparrow.attack.Apgd;
import dev.sparrow.attack.Attack;
import dev.sparrow.attack.AttackRunner;
import dev.sparrow.attack.Pgd;
import dev.sparrow.attack.Square;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.attack.Transfer;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.model.TorchScriptClassifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.ArrayBatches;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.TorchScripts;
import dev.sparrow.units.Density;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cascades on TorchScript models; the labels are what the models answer. */
class TorchScriptEvaluationTest {

  private static final int IMAGES = 12;
  private static final ThreatModel BALL = new ThreatModel(Norm.LINF, Epsilon.levels(0.5));
  private static final Attack PGD = new Pgd(BALL, Epsilon.levels(0.2), 4, true, CrossEntropy.INSTANCE);
  private static final Attack APGD = new Apgd(BALL, Aim.CROSS_ENTROPY, 6, 1, 1);
  private static final Attack SQUARE = new Square(BALL, 10);

  private static CascadeResult evaluate(Classifier model, Attack... attacks) {
    return evaluate(model, CascadeStore.none(), CascadeListener.SILENT, attacks);
  }

  private static CascadeResult evaluate(Classifier model, CascadeStore store, CascadeListener listener, Attack... attacks) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = images(model);
      try (Pass pass = model.forward(images, Recording.NONE)) {
        long[] labels = Tensors.toLongs(Arithmetic.argmax(pass.logits()));
        ArrayBatches batches = new ArrayBatches(model.imageSize(), Tensors.toFloats(images), labels, 8);
        CascadeSetting setting = new CascadeSetting(model, DeviceSpec.CPU, Precision.FP32, 8, new Seed(1), false);
        return new Cascade(setting, store, listener).run(batches, List.of(attacks));
      }
    }
  }

  /** The network of plain.pt, once as Sparrow builds it and once as PyTorch's program. */
  @Test
  void standsAsTheNativeNetworkDoes() throws IOException {
    ModelInfo info = new ModelInfo(new NetworkConfig(Arch.RESNET18, 1, 10, 1), Density.DENSE, 10, 32, Normalization.CIFAR10);
    try (LoadedModel loaded = LoadedModel.fromWeights(TorchScripts.resource("/pytorch/plain.pt"), info, EngineChoice.EXACT);
        Classifier program = TorchScripts.load("network", 32)) {
      centre(loaded.model(), program);
      CascadeResult expected = evaluate(loaded.model(), PGD, APGD, SQUARE);
      CascadeResult got = evaluate(program, PGD, APGD, SQUARE);
      assertThat(got.findings()).isEqualTo(expected.findings());
      assertThat(got.outcomes().stages()).isEqualTo(expected.outcomes().stages());
      assertThat(expected.robustAccuracy()).as("some fall, some stand").isBetween(0.1, 0.9);
    }
  }

  /** Moves the biases so that the network, which was never trained, does not give all images the same class. */
  private static void centre(Classifier network, Classifier copy) {
    try (TensorScope scope = TensorScope.open();
        Pass pass = network.forward(images(network), Recording.NONE)) {
      Tensor mean = pass.logits().mean(0);
      for (Classifier model : List.of(network, copy)) {
        model.parameters().get("linear.bias").sub_(mean);
      }
    }
  }

  private static Tensor images(Classifier model) {
    return Tensors.ofFloats(Golden.images(4, IMAGES, model.imageSize()), IMAGES, 3, model.imageSize(), model.imageSize());
  }

  @Test
  void withoutGradientsTheBlackBoxAttacksRun() {
    try (Classifier model = TorchScripts.load("one-hot")) {
      CascadeResult result = evaluate(model, PGD, SQUARE);
      assertThat(result.findings()).containsExactly(new Finding(Flag.NO_GRADIENTS, "pgd-4 was left out"));
      assertThat(result.attacks()).extracting(AttackReport::name).containsExactly("square");
      assertThat(result.attacks().get(0).gradients()).isZero();
    }
  }

  @Test
  void zeroGradientsAreFlagged() {
    try (Classifier model = TorchScripts.load("rounded")) {
      assertThat(evaluate(model, PGD).flags()).containsExactly(Flag.ZERO_GRADIENTS);
    }
  }

  @Test
  void attacksWithGradientsAreRefusedByThemselves() {
    try (TensorScope scope = TensorScope.open();
        Rng rng = new Rng(new Seed(1));
        Classifier model = TorchScripts.load("no-grad");
        Classifier other = TorchScripts.load("traced")) {
      Tensor images = TorchScripts.images(1, TorchScripts.SIZE);
      Tensor labels = Tensors.ofLongs(new long[] {0}, 1);
      assertThatThrownBy(() -> new AttackRunner(model).perturb(PGD, Mode.EVAL, images, labels, rng))
          .isInstanceOf(BadInput.class)
          .hasMessage("attack: expected one without gradients, such as square, as the network gives none, got pgd-4");
      assertThatThrownBy(() -> new Transfer(PGD, model))
          .isInstanceOf(BadInput.class)
          .hasMessage("--transfer-from: expected a network that gives gradients, for pgd-4, got one that gives none");
      assertThat(evaluate(model, new Transfer(PGD, other)).flags()).as("gradients of another").isEmpty();
      assertThat(evaluate(other, new Transfer(SQUARE, model)).flags()).isEmpty();
    }
  }

  /** Stops after the first step of APGD. */
  private static final class Stopping implements CascadeListener {

    private boolean stop;

    @Override
    public void progress(String stage, int decided, int total, int standing) {
      stop |= stage.equals("apgd-ce");
    }

    @Override
    public boolean stopRequested() {
      return stop;
    }
  }

  @Test
  void goesOnWithTheSameProgramAlone(@TempDir Path folder) {
    try (TorchScriptClassifier model = TorchScripts.load("traced");
        TorchScriptClassifier other = TorchScripts.load("rounded")) {
      CascadeStore store = CascadeStore.in(folder.resolve("state"));
      assertThatThrownBy(() -> evaluate(model, store, new Stopping(), PGD, APGD)).isInstanceOf(EvaluationInterrupted.class);
      assertThatThrownBy(() -> evaluate(other, store, CascadeListener.SILENT, PGD, APGD))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("got that of one with other computation");
      assertThat(evaluate(model, store, CascadeListener.SILENT, PGD, APGD).outcomes().stages())
          .isEqualTo(evaluate(model, PGD, APGD).outcomes().stages());
    }
  }
}
