package dev.sparrow.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.testing.GoldenShapes;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every allocation promises. A new {@link AllocationKind} is enrolled by being one. */
class AllocationContractTest {

  private static final List<Double> DENSITIES = List.of(1.0, 0.999, 0.5, 0.2, 0.1, 0.05, 0.001);

  static Stream<Arguments> cases() {
    return Stream.of(AllocationKind.values())
        .flatMap(kind -> DENSITIES.stream().map(density -> Arguments.of(kind, new Density(density))));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("cases")
  void meetsTheTarget(AllocationKind kind, Density target) {
    networks()
        .forEach(
            (name, shapes) -> {
              Map<String, Density> densities = Allocations.of(kind, uses(shapes)).allocate(shapes, target);
              assertThat(densities.keySet()).as(name).containsExactlyElementsOf(shapes.keySet());
              double active = 0;
              double size = 0;
              for (Map.Entry<String, Shape> layer : shapes.entrySet()) {
                active += densities.get(layer.getKey()).value() * layer.getValue().size();
                size += layer.getValue().size();
              }
              assertThat(active).as(name).isCloseTo(target.value() * size, within(1.0));
            });
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("cases")
  void isDeterministic(AllocationKind kind, Density target) {
    Map<String, Shape> shapes = GoldenShapes.prunable("resnet18-10");
    assertThat(Allocations.of(kind, uses(shapes)).allocate(shapes, target))
        .isEqualTo(Allocations.of(kind, uses(shapes)).allocate(shapes, target));
  }

  /** As if every layer had half as many pixels as the one before it. */
  private static Map<String, Double> uses(Map<String, Shape> shapes) {
    Map<String, Double> uses = new LinkedHashMap<>();
    shapes.keySet().forEach(name -> uses.put(name, 1024 / Math.pow(2, uses.size())));
    return uses;
  }

  private static Map<String, Map<String, Shape>> networks() {
    Map<String, Map<String, Shape>> networks = new LinkedHashMap<>();
    for (String name : List.of("resnet18-10", "resnet18-100", "vgg16bn-10", "wrn-10-2-10")) {
      networks.put(name, GoldenShapes.prunable(name));
    }
    networks.put("one layer", Map.of("fc.weight", Shape.of(2, 3)));
    return networks;
  }
}
