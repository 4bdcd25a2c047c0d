package dev.sparrow.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.testing.Golden;
import dev.sparrow.units.Density;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, order, shapes and counts of parameters are the reference's. */
class GoldenBlueprintTest {

  @ParameterizedTest
  @CsvSource({"resnet18-10,resnet18,10", "resnet18-100,resnet18,100", "vgg16bn-10,vgg16,10", "wrn-10-2-10,wideresnet,10"})
  void parametersAreTheReferences(String section, String arch, int numClasses) {
    JsonNode golden = Golden.reference().get("arch").get(section);
    Blueprint blueprint = Blueprints.create(new NetworkConfig(Arch.parse(arch), 64, 10, 2), numClasses, 32, Density.DENSE);

    List<String> expected = new ArrayList<>();
    golden.get("param_shapes").forEach(entry -> expected.add(entry.get(0).asText() + " " + dims(entry.get(1))));
    List<String> got = new ArrayList<>();
    blueprint.parameters().forEach((name, shape) -> got.add(name + " " + shape));

    assertThat(got).containsExactlyElementsOf(expected);
    assertThat(blueprint.parameterCount()).isEqualTo(golden.get("params").asLong());
    assertThat(blueprint.prunableCount()).isEqualTo(golden.get("prunable").asLong());
    assertThat(blueprint.numClasses()).isEqualTo(numClasses);
  }

  private static String dims(JsonNode shape) {
    List<String> dims = new ArrayList<>();
    shape.forEach(dim -> dims.add(dim.asText()));
    return String.join("x", dims);
  }
}
