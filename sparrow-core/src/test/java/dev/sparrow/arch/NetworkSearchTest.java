package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.arch.NetworkSearch.Candidate;
import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkSearchTest {

  private static Map<String, Shape> tensors(Arch arch, int width, int depth, int widen, int classes, double density) {
    return Blueprints.create(new NetworkConfig(arch, width, depth, widen), classes, 32, new Density(density)).tensors();
  }

  private static List<Candidate> fitting(Map<String, Shape> tensors, Known known) {
    return NetworkSearch.candidates(tensors, known).stream().filter(Candidate::fits).toList();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = {"WIDERESNET", "SMALLDENSE"})
  void everyArchitectureIsToldFromTheOthers(Arch arch) {
    for (int width : new int[] {1, 5, 64}) {
      List<Candidate> fitting = fitting(tensors(arch, width, 34, 10, 7, 1), Known.NOTHING);
      assertThat(fitting).as("width %d", width).hasSize(1);
      assertThat(fitting.get(0).network()).isEqualTo(new NetworkConfig(arch, width, 34, 10));
      assertThat(fitting.get(0).blueprint().numClasses()).isEqualTo(7);
    }
  }

  static Stream<Arguments> wide() {
    return Stream.of(Arguments.of(64, 10, 1), Arguments.of(16, 16, 3), Arguments.of(64, 34, 10), Arguments.of(8, 28, 2));
  }

  @ParameterizedTest
  @MethodSource
  void wide(int width, int depth, int widen) {
    List<Candidate> fitting = fitting(tensors(Arch.WIDERESNET, width, depth, widen, 100, 1), Known.NOTHING);
    assertThat(fitting).singleElement().extracting(Candidate::network).isEqualTo(new NetworkConfig(Arch.WIDERESNET, width, depth, widen));
  }

  /** The paper's budgets are tried, at the published width. */
  @Test
  void smallDense() {
    for (double density : new double[] {0.05, 0.1, 0.2, 0.6, 0.8}) {
      List<Candidate> fitting = fitting(tensors(Arch.SMALLDENSE, 64, 34, 10, 10, density), Known.NOTHING);
      assertThat(fitting).as("density %s", density).singleElement().extracting(Candidate::density).isEqualTo(new Density(density));
      assertThat(fitting.get(0).network().arch()).isEqualTo(Arch.SMALLDENSE);
    }
  }

  @Test
  void batchCountersDoNotCount() {
    Map<String, Shape> old = new LinkedHashMap<>(tensors(Arch.RESNET18, 3, 34, 10, 10, 1));
    old.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    NetworkConfig network = new NetworkConfig(Arch.RESNET18, 3, 34, 10);
    assertThat(fitting(old, Known.NOTHING)).singleElement().extracting(Candidate::network).isEqualTo(network);
  }

  @Test
  void theNearestSaysWhatDoesNotFit() {
    Map<String, Shape> tensors = new LinkedHashMap<>(tensors(Arch.VGG13, 2, 34, 10, 10, 1));
    String weight = tensors.keySet().iterator().next();
    tensors.put("extra.weight", Shape.of(2, 2));
    tensors.put(weight, Shape.of(2, 4, 3, 3));
    tensors.remove("classifier.bias");
    Candidate nearest = NetworkSearch.candidates(tensors, Known.NOTHING).get(0);
    assertThat(nearest.network().arch()).isEqualTo(Arch.VGG13);
    assertThat(nearest.fits()).isFalse();
    assertThat(nearest.misfits().missing()).containsExactly("classifier.bias");
    assertThat(nearest.misfits().unexpected()).containsExactly("extra.weight");
    assertThat(nearest.misfits().misshapen()).containsExactly(weight + " (expected 2x3x3x3, got 2x4x3x3)");
  }

  @Test
  void whatIsKnownIsNotSearched() {
    Known known =
        new Known(
            Optional.of(Arch.RESNET34),
            Optional.of(8),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(3),
            Optional.of(64));
    List<Candidate> candidates = NetworkSearch.candidates(tensors(Arch.RESNET34, 4, 34, 10, 10, 1), known);
    assertThat(candidates).singleElement().hasToString("resnet34 of width 8 with 3 classes");
    assertThat(candidates.get(0).blueprint().input()).isEqualTo(Shape.of(3, 64, 64));
    assertThat(candidates.get(0).fits()).isFalse();
  }

  @Test
  void absurdShapesAreNoNetworks() {
    int most = Integer.MAX_VALUE;
    Map<String, Shape> absurd =
        Map.of("conv1.weight", Shape.of(most, 0), "linear.weight", Shape.of(0, most), "block1.layer.0.conv1.weight", Shape.of(most));
    assertThat(fitting(absurd, Known.NOTHING)).isEmpty();
    assertThat(fitting(Map.of(), Known.NOTHING)).isEmpty();
  }
}
