package dev.sparrow.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Fgsm;
import dev.sparrow.attack.Square;
import dev.sparrow.attack.ThreatModel;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Rng;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.ArrayBatches;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.testing.NoiseSearch;
import dev.sparrow.testing.WatchedClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every flag is raised by what it is for, and by nothing else. */
class FlagTest {

  private static final int SIZE = 4;
  private static final int CLASSES = 5;
  private static final int IMAGES = 20;
  private static final ThreatModel NO_BALL = new ThreatModel(Norm.LINF, new Epsilon(0));
  private static final Attack WHITE_BOX = new Fgsm(NO_BALL, CrossEntropy.INSTANCE);
  private static final Attack BLACK_BOX = new NoiseSearch("black", new ThreatModel(Norm.LINF, new Epsilon(0.5)), 20, false, false);

  /** A loss of that many logits. */
  private record Wanting(int classesNeeded) implements Attack {

    @Override
    public String name() {
      return "wanting";
    }

    @Override
    public ThreatModel threatModel() {
      return NO_BALL;
    }

    @Override
    public Tensor perturb(Classifier model, Tensor images, Tensor labels, Rng rng) {
      return images.clone();
    }
  }

  /** Changes the logits of every pass. */
  private static Classifier changing(Classifier model, Consumer<Tensor> change) {
    return new WatchedClassifier(model) {
      @Override
      public Pass forward(Tensor images, Recording recording) {
        Pass pass = super.forward(images, recording);
        change.accept(pass.logits());
        return pass;
      }
    };
  }

  private static List<Finding> findings(Classifier model, Precision precision, boolean randomized, Attack... attacks) {
    float[] images = Golden.images(4, IMAGES, SIZE);
    long[] labels;
    try (TensorScope scope = TensorScope.open();
        Pass pass = model.forward(Tensors.ofFloats(images, IMAGES, 3, SIZE, SIZE), Recording.NONE)) {
      labels = Tensors.toLongs(Arithmetic.argmax(pass.logits()));
    }
    CascadeSetting setting = new CascadeSetting(model, DeviceSpec.CPU, precision, 8, new Seed(1), randomized);
    return new Cascade(setting, CascadeStore.none(), CascadeListener.SILENT)
        .run(new ArrayBatches(SIZE, images, labels, 8), List.of(attacks))
        .findings();
  }

  private static List<Flag> flags(Classifier model, Attack... attacks) {
    return findings(model, Precision.FP32, false, attacks).stream().map(Finding::flag).toList();
  }

  private static LinearClassifier linear() {
    return LinearClassifier.random(SIZE, CLASSES, 3);
  }

  @Test
  void noneForAnOrdinaryNetwork() {
    try (Classifier model = linear()) {
      assertThat(flags(model, WHITE_BOX, new Wanting(CLASSES))).isEmpty();
    }
  }

  @Test
  void randomizedOutput() {
    try (Rng rng = new Rng(new Seed(5));
        Classifier model = changing(linear(), logits -> Arithmetic.addInPlace(logits, rng.uniformLike(logits, 0, 1), 0.01))) {
      assertThat(flags(model)).containsExactly(Flag.RANDOMIZED_OUTPUT);
      assertThat(findings(model, Precision.FP32, true)).isEmpty();
    }
  }

  @Test
  void softmaxOutput() {
    try (Classifier model = changing(linear(), logits -> logits.copy_(logits.softmax(1)))) {
      assertThat(flags(model, WHITE_BOX)).containsExactly(Flag.SOFTMAX_OUTPUT);
      assertThat(flags(model)).as("no attack needs logits").isEmpty();
    }
  }

  /** Like {@link #linear()}, without gradients. */
  private static Classifier opaque() {
    return new WatchedClassifier(linear()) {
      @Override
      public boolean givesGradients() {
        return false;
      }

      @Override
      public Pass forward(Tensor images, Recording recording) {
        assertThat(recording).isEqualTo(Recording.NONE);
        return super.forward(images, recording);
      }
    };
  }

  @Test
  void noGradients() {
    Attack square = new Square(new ThreatModel(Norm.LINF, new Epsilon(0.5)), 5);
    try (Classifier model = opaque()) {
      assertThat(findings(model, Precision.FP32, false, WHITE_BOX, square, new Wanting(2)))
          .containsExactly(new Finding(Flag.NO_GRADIENTS, "fgsm, wanting were left out"));
      assertThat(findings(model, Precision.FP32, false, WHITE_BOX))
          .containsExactly(new Finding(Flag.NO_GRADIENTS, "fgsm was left out, square runs instead"));
      assertThat(flags(model, square)).as("nothing left out").isEmpty();
      assertThat(flags(model)).isEmpty();
    }
  }

  @Test
  void squareInTheirPlaceHasTheirBall() {
    try (Classifier model = opaque()) {
      ThreatModel ball = new ThreatModel(Norm.L2, new Epsilon(0.25));
      assertThat(AttackSelection.of(model, List.of(new Fgsm(ball, CrossEntropy.INSTANCE), WHITE_BOX)).attacks())
          .containsExactly(new Square(ball, Square.STANDARD_QUERIES));
    }
  }

  @Test
  void zeroGradients() {
    float[][] noWeight = new float[CLASSES][3 * SIZE * SIZE];
    try (Classifier model = new LinearClassifier(SIZE, noWeight, new float[] {2, 0, 0, 0, 0})) {
      assertThat(findings(model, Precision.FP32, false, WHITE_BOX))
          .containsExactly(new Finding(Flag.ZERO_GRADIENTS, "8 of 8 images have a gradient of exactly zero (cross-entropy)"));
      assertThat(flags(model, BLACK_BOX)).as("no attack needs gradients").isEmpty();
    }
  }

  /** With logits of thousands the softmax is exactly one: cross-entropy has no gradient left, differences of logits still have. */
  @Test
  void saturatedCrossEntropyMattersUnlessALossOfDifferencesIsThere() {
    try (LinearClassifier model = linear()) {
      model.parameters().get("weight").mul_(new Scalar(1e6));
      model.parameters().get("bias").mul_(new Scalar(1e6));
      assertThat(flags(model, WHITE_BOX)).containsExactly(Flag.ZERO_GRADIENTS);
      assertThat(flags(model, WHITE_BOX, new Wanting(3))).isEmpty();
    }
  }

  @Test
  void tooFewClasses() {
    try (Classifier model = linear()) {
      assertThat(findings(model, Precision.FP32, false, new Wanting(CLASSES + 1)))
          .containsExactly(new Finding(Flag.TOO_FEW_CLASSES, "5 classes, of which wanting would need more"));
    }
  }

  @Test
  void reducedPrecision() {
    try (Classifier model = linear()) {
      assertThat(findings(model, Precision.BF16, false)).containsExactly(new Finding(Flag.REDUCED_PRECISION, "products in bf16"));
    }
  }

  @Test
  void blackBoxBeatsWhiteBox() {
    try (Classifier model = linear()) {
      assertThat(flags(model, WHITE_BOX, BLACK_BOX)).containsExactly(Flag.BLACK_BOX_BEATS_WHITE_BOX);
      assertThat(flags(model, BLACK_BOX)).as("nothing to compare with").isEmpty();
      assertThat(flags(model, BLACK_BOX, WHITE_BOX)).as("the other order").isEmpty();
    }
  }

  @Test
  void aGainOfTwoInAThousandIsLuckAndOneClaimInAThousandARounding() {
    List<Attack> attacks = List.of(WHITE_BOX, BLACK_BOX);
    assertThat(PostFlight.check(attacks, List.of(report(0, 0), report(2, 1)), 1000)).isEmpty();
    assertThat(PostFlight.check(attacks, List.of(report(0, 0), report(3, 2)), 1000))
        .extracting(Finding::flag)
        .containsExactly(Flag.BLACK_BOX_BEATS_WHITE_BOX, Flag.UNVERIFIED_CLAIMS);
  }

  private static AttackReport report(int broken, int unverified) {
    return new AttackReport("some", 900, broken, unverified, 0.5, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void hasASectionOfItsOwn(Flag flag) throws IOException {
    String[] place = flag.page().split("#");
    assertThat(Files.readAllLines(Path.of("..").resolve(place[0]))).contains("## " + place[1]);
    assertThat(Flag.parse(flag.label())).isEqualTo(flag);
  }
}
