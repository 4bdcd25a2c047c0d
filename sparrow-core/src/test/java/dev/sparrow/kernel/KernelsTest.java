package dev.sparrow.kernel;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every implementation of the kernels, in both formats, does what the contract says. */
final class KernelsTest {

  private static final int[] LANES = {1, 3, 16};

  static List<Named<Kernels>> kernels() {
    List<Kernels> all = new ArrayList<>(KernelsContract.vector());
    for (WordFormat format : WordFormat.values()) {
      for (int lanes : LANES) {
        all.add(new PlainKernels(format, lanes));
      }
    }
    return all.stream().map(k -> Named.of(k.description() + ", " + k.format() + ", " + k.lanes() + " lanes", k)).toList();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void convolutionsEqualTheDenseTwin(Kernels kernels) {
    KernelsContract.convolutions(kernels);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void convolutionsOfManyChannelsEqualTheDenseTwin(Kernels kernels) {
    KernelsContract.manyChannels(kernels);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyCombinationOfAFinishIsComputed(Kernels kernels) {
    KernelsContract.finishes(kernels);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void passesEqualTheirFormulas(Kernels kernels) {
    KernelsContract.passes(kernels);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void poolsAndTheirGradientsEqualTheirDefinitions(Kernels kernels) {
    KernelsContract.pools(kernels);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void valuesAreRoundedToNearestEvenAndNaNStaysNaN(Kernels kernels) {
    SpecialValues.check(kernels);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void agreesWithThePlainKernels(Kernels kernels) {
    KernelsContract.agreement(kernels, 20261122);
  }
}
