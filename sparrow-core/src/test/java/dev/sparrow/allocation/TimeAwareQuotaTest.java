package dev.sparrow.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAwareQuotaTest {

  private static final Map<String, Shape> TWINS = Map.of("early", Shape.of(100, 100), "late", Shape.of(100, 100));

  /** 1 / (1 + 4) and 1 / (1 + 1), a mean of 0.35; a total of 20,000 weights to within one. */
  @Test
  void equalLayersAreThinnedByTheirUses() {
    Map<String, Density> densities = new TimeAwareQuota(Map.of("early", 400.0, "late", 100.0)).allocate(TWINS, new Density(0.35));
    assertThat(densities.get("early").value()).isCloseTo(0.2, within(1e-4));
    assertThat(densities.get("late").value()).isCloseTo(0.5, within(1e-4));
  }

  /** 200 weights that meet 50 pixels take as long as 10,000 that meet one. */
  @Test
  void equalTimesGetEqualDensities() {
    Map<String, Shape> shapes = Map.of("small", Shape.of(20, 10), "large", Shape.of(100, 100));
    Map<String, Density> densities = new TimeAwareQuota(Map.of("small", 50.0, "large", 1.0)).allocate(shapes, new Density(0.3));
    assertThat(densities.get("small")).isEqualTo(densities.get("large"));
    assertThat(densities.get("large").value()).isCloseTo(0.3, within(1e-4));
  }

  /** Multiplications of ResNet-18 by those of the dense one; 0.3567 and 0.0870 by an independent calculation, 0.1 by definition. */
  @ParameterizedTest
  @CsvSource({"UNIFORM,0.0999,0.1001", "IGQ,0.3557,0.3577", "TIME_AWARE,0.0869,0.0871"})
  void takesNoLongerThanUniform(AllocationKind kind, double least, double most) {
    Blueprint resnet = Blueprints.create(NetworkConfig.DEFAULT, 10, 32, Density.DENSE);
    InferenceCost cost = InferenceCost.of(resnet);
    Map<String, Double> densities = new LinkedHashMap<>();
    resnet.allocation(kind).allocate(resnet.prunable(), new Density(0.1)).forEach((name, density) -> densities.put(name, density.value()));
    assertThat(cost.activeMacs(densities) / cost.macs()).isBetween(least, most);
  }

  @Test
  void keepsTheSmallLayers() {
    Blueprint resnet = Blueprints.create(NetworkConfig.DEFAULT, 10, 32, Density.DENSE);
    Map<String, Density> densities = resnet.allocation(AllocationKind.TIME_AWARE).allocate(resnet.prunable(), new Density(0.1));
    assertThat(densities.get("conv1.weight").value()).isGreaterThan(0.5);
    assertThat(densities.get("layer4.0.shortcut.0.weight").value()).isGreaterThan(0.5);
    assertThat(densities.get("linear.weight").value()).isGreaterThan(0.9);
    assertThat(densities.get("layer1.0.conv1.weight").value()).isLessThan(0.1);
  }

  @Test
  void refusesTheLayersOfAnotherNetwork() {
    assertThatThrownBy(() -> new TimeAwareQuota(Map.of("late", 1.0, "fc", 2.0)).allocate(Map.of("early", Shape.of(2, 3)), Density.DENSE))
        .isInstanceOf(BadInput.class)
        .hasMessage("layers: expected some of [fc, late], got [early] (time-aware allocation)");
  }
}
