package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What {@code inspect} says about networks, against numbers of the reference. */
class InspectTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void archNamesParametersAsTheReference() throws Exception {
    Program.Outcome outcome = Program.run("inspect arch --arch resnet18 --json");
    assertThat(outcome.exitCode()).isZero();
    JsonNode result = json.readTree(outcome.out());
    assertThat(result.get("parameters").asLong()).isEqualTo(11_172_170);
    assertThat(result.get("prunable").asLong()).isEqualTo(11_164_352);
    assertThat(result.get("layers").get(0).get("name").asText()).isEqualTo("conv1.weight");
    assertThat(result.get("layers").get(0).get("shape")).isEqualTo(json.readTree("[64, 3, 3, 3]"));
  }

  @Test
  void quotasAreThePublishedOnes() throws Exception {
    JsonNode result = json.readTree(Program.run("inspect quotas --arch resnet18 --density 0.2 --json").out());
    JsonNode layers = result.get("layers");
    assertThat(layers.get(0).get("name").asText()).isEqualTo("conv1.weight");
    assertThat(layers.get(0).get("density").asDouble()).isCloseTo(0.994, within(5e-4));
    assertThat(layers.get(layers.size() - 1).get("density").asDouble()).isCloseTo(0.981, within(5e-4));
    long nonzeros = 0;
    for (JsonNode layer : layers) {
      nonzeros += layer.get("nonzeros").asLong();
    }
    assertThat(nonzeros / 11_164_352.0).isCloseTo(0.2, within(1e-5));
  }

  @Test
  void flopsAreThePublishedOnes() throws Exception {
    JsonNode result = json.readTree(Program.run("inspect flops --arch resnet18 --density 1 --json").out());
    assertThat(result.get("macs").asDouble()).isCloseTo(0.5554e9, within(5e4));
    assertThat(result.get("activeMacs").asDouble()).isEqualTo(result.get("macs").asDouble());
    double perEpochImage = 2 * result.get("macs").asDouble() * 45_000 * 200;
    assertThat(result.at("/trainingFlops/paper").asDouble()).isEqualTo(33 * perEpochImage);
    assertThat(result.at("/trainingFlops/honest").asDouble()).isEqualTo(23 * perEpochImage);
  }

  /** By hand: widths 29, 57, 115 and 229 instead of 64 to 512, each convolution's size times its positions. */
  @Test
  void smallDenseIsMeasuredAgainstResNet18() throws Exception {
    JsonNode result = json.readTree(Program.run("inspect flops --arch smalldense --density 0.2 --epochs 1 --json").out());
    assertThat(result.get("macs").asLong()).isEqualTo(555_422_720);
    assertThat(result.get("activeMacs").asLong()).isEqualTo(112_411_586);
    assertThat(result.at("/trainingFlops/dense").asDouble()).isEqualTo(2.0 * 33 * 45_000 * 555_422_720);
    assertThat(result.at("/trainingFlops/paper").asDouble()).isEqualTo(2.0 * 33 * 45_000 * 112_411_586);
    assertThat(result.get("layers").get(0).get("density").asDouble()).isEqualTo(1);
  }

  @Test
  void archPrintsATable() {
    assertThat(Program.run("inspect arch --arch resnet18 --num-classes 100").out())
        .startsWith("parameter")
        .contains("conv1.weight")
        .contains("100x512")
        .contains("resnet18: ");
  }
}
