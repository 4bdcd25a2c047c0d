package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
  void archPrintsATable() {
    assertThat(Program.run("inspect arch --arch resnet18 --num-classes 100").out())
        .startsWith("parameter")
        .contains("conv1.weight")
        .contains("100x512")
        .contains("resnet18: ");
  }
}
