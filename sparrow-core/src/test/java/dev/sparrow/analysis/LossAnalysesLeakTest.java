package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.attack.Attacks;
import dev.sparrow.config.AttackConfig;
import dev.sparrow.eval.EvaluationProgress;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What looks at losses leaves no native object behind: there are as many after the second time as after the first. */
class LossAnalysesLeakTest {

  private interface Work {
    void run(LibtorchClassifier model, MaskSet masks);
  }

  static Stream<Work> work() {
    return Stream.of(LossAnalysesLeakTest::landscape, LossAnalysesLeakTest::hessian);
  }

  private static void landscape(LibtorchClassifier model, MaskSet masks) {
    AttackConfig fgsm = new AttackConfig(Norm.L2, new Epsilon(0.1), new Epsilon(0.1), 1, false);
    LandscapeSurvey.Grid grid = new LandscapeSurvey.Grid(1, 3, 3);
    new LandscapeSurvey(model, masks, Attacks.fgsm(fgsm), new Seed(1), grid, EvaluationProgress.SILENT)
        .around("net", "images", SoftmaxRegression.images());
  }

  private static void hessian(LibtorchClassifier model, MaskSet masks) {
    HessianSpectrum.of("net", model, masks, "images", SoftmaxRegression.images(), new PowerIteration(1e-6, 5, new Seed(1)), 2);
  }

  @ParameterizedTest
  @MethodSource("work")
  void everythingIsReleased(Work work) {
    try (LibtorchClassifier model = SoftmaxRegression.create(1);
        MaskSet masks = masks()) {
      work.run(model, masks);
      System.gc();
      Pointer.deallocateReferences();
      long before = Pointer.totalCount();
      work.run(model, masks);
      assertThat(Pointer.totalCount()).isEqualTo(before);
    }
  }

  private static MaskSet masks() {
    try (TensorScope scope = TensorScope.open()) {
      boolean[] active = {true, false, true, true, false, false, true, true, true};
      return MaskSet.copyOf(new NamedTensors(Map.of("linear.weight", Tensors.ofBooleans(active, 3, 3))));
    }
  }
}
