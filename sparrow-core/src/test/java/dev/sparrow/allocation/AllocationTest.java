package dev.sparrow.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.GoldenShapes;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {

  @ParameterizedTest
  @ValueSource(strings = {"resnet18-10", "resnet18-100", "vgg16bn-10", "wrn-10-2-10"})
  void quotasOfTheReference(String network) {
    Map<String, Shape> shapes = GoldenShapes.prunable(network);
    JsonNode quotas = Golden.reference().get("quotas").get(network);
    quotas
        .properties()
        .forEach(
            entry -> {
              Density target = new Density(Double.parseDouble(entry.getKey()));
              JsonNode igq = entry.getValue().get("igq_sparsities");
              JsonNode erk = entry.getValue().get("erk_densities");
              assertThat(igq).hasSize(shapes.size());
              Iterator<Density> gas = new IdealGasQuota().allocate(shapes, target).values().iterator();
              Iterator<Density> kernel = new ErdosRenyiKernel().allocate(shapes, target).values().iterator();
              for (int i = 0; i < shapes.size(); i++) {
                assertThat(gas.next().sparsity()).isCloseTo(igq.get(i).asDouble(), within(1e-9));
                assertThat(kernel.next().value()).isCloseTo(erk.get(i).asDouble(), within(1e-9));
              }
            });
  }

  @Test
  void uniformIsTheSameEverywhere() {
    assertThat(values(new Uniform(), 0.3)).containsExactly(0.3, 0.3);
  }

  /** Scores 6/8 and 32/256 on 8 and 256 weights: 0.2 * 264 = 52.8 = factor * (6 + 32). */
  @Test
  void erdosRenyiIgnoresTheKernel() {
    Collection<Double> densities = values(new ErdosRenyi(), 0.2);
    assertThat(densities).hasSize(2);
    Iterator<Double> values = densities.iterator();
    assertThat(values.next()).isCloseTo(1.0, within(1e-15)); // 52.8 / 38 * 0.75 = 1.04 overflows
    assertThat(values.next()).isCloseTo((52.8 - 8) / 256, within(1e-15));
  }

  /** 0.1 * 264 = 26.4 = factor * 38, so nothing overflows. */
  @Test
  void erdosRenyiIsProportionalToItsScore() {
    Iterator<Double> values = values(new ErdosRenyi(), 0.1).iterator();
    assertThat(values.next()).isCloseTo(26.4 / 38 * 0.75, within(1e-15));
    assertThat(values.next()).isCloseTo(26.4 / 38 * 0.125, within(1e-15));
  }

  private static Collection<Double> values(Allocation allocation, double density) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("a.weight", Shape.of(2, 4));
    shapes.put("b.weight", Shape.of(16, 16));
    return allocation.allocate(shapes, new Density(density)).values().stream().map(Density::value).toList();
  }
}
