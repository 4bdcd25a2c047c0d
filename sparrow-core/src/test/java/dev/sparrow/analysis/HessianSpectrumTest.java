package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Softmax regression has the Hessian {@code mean over images of (diag(p) - p p') x (h h')}, where h are the linear layer's inputs and a one
 * for its bias. Its eigenvalues by Jacobi's rotations in double precision are the slow twin.
 */
class HessianSpectrumTest {

  private static final PowerIteration EXACT = new PowerIteration(1e-6, 200, new Seed(3));

  @TempDir Path folder;

  private static HessianSpectrum spectrum(LibtorchClassifier model, boolean[] active, int count) {
    try (TensorScope scope = TensorScope.open();
        MaskSet masks = MaskSet.copyOf(new NamedTensors(Map.of("linear.weight", Tensors.ofBooleans(active, 3, 3))))) {
      return HessianSpectrum.of("somewhere", model, masks, "images", SoftmaxRegression.images(), EXACT, count);
    }
  }

  @Test
  void agreesWithTheEigenvaluesOfTheWholeMatrix() {
    boolean[] all = {true, true, true, true, true, true, true, true, true};
    try (LibtorchClassifier model = SoftmaxRegression.create(5)) {
      HessianSpectrum spectrum = spectrum(model, all, 2);
      double[] expected = SoftmaxRegression.eigenvalues(model, SoftmaxRegression.images(), all);
      assertThat(spectrum.parameters()).isEqualTo(12);
      assertThat(spectrum.loss()).isCloseTo(SoftmaxRegression.loss(model, SoftmaxRegression.images()), within(1e-6));
      for (int i = 0; i < 2; i++) {
        assertThat(spectrum.eigenvalues().get(i).converged()).isTrue();
        assertThat(spectrum.eigenvalues().get(i).value()).as("eigenvalue %d", i).isCloseTo(expected[i], within(1e-3 * expected[0]));
      }
      assertThat(expected[0]).as("distinct, or the comparison says little").isGreaterThan(1.05 * expected[1]);
    }
  }

  @Test
  void leavesInactiveWeightsOut() {
    boolean[] some = {true, false, true, false, false, true, true, false, false};
    try (LibtorchClassifier model = SoftmaxRegression.create(6)) {
      HessianSpectrum spectrum = spectrum(model, some, 1);
      assertThat(spectrum.parameters()).isEqualTo(7);
      double expected = SoftmaxRegression.eigenvalues(model, SoftmaxRegression.images(), some)[0];
      boolean[] all = {true, true, true, true, true, true, true, true, true};
      double whole = SoftmaxRegression.eigenvalues(model, SoftmaxRegression.images(), all)[0];
      assertThat(spectrum.eigenvalues().get(0).value()).isCloseTo(expected, within(1e-3 * expected));
      assertThat(expected).isLessThan(0.99 * whole);
    }
  }

  @Test
  void drawsHowTheEstimatesSettle() throws IOException {
    Path file = folder.resolve("hessian.png");
    new HessianSpectrum("net", "images", 1, 0.5, 3, List.of(new Eigenvalue(2, true, 3, 1e-3, List.of(1.0, 1.9, 2.0)))).draw(file);
    assertThat(Files.size(file)).isGreaterThan(1000);
  }
}
