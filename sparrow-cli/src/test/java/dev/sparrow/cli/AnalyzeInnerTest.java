package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The analyses that look inside a network, of a ticket with fresh weights. */
class AnalyzeInnerTest {

  private static final String DATA = " --dataset cifar10-sample --limit-test 12 --batch-size 5 --device cpu --threads 1";

  @TempDir private static Path folder;

  private static String ticket;

  @BeforeAll
  static void prune() {
    ticket = folder.resolve("ticket").toString();
    Program.Outcome outcome =
        Program.run("prune --scorer magnitude --density 0.5 --width 2 --dataset cifar10-sample --device cpu --threads 1 --out " + ticket);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  @Test
  void saliencyWritesNumbersAndAPicture() throws IOException {
    Path out = folder.resolve("saliency");
    JsonNode printed =
        Program.json("analyze saliency " + ticket + " --images 7 --test-attack-steps 2 --layer layer2 --json --out " + out + DATA);
    assertThat(Json.read(out.resolve("saliency.json"), JsonNode.class)).isEqualTo(printed);
    assertThat(printed.path("method").asText()).isEqualTo("Grad-CAM layer2");
    assertThat(printed.path("attack").asText()).isEqualTo("pgd-2");
    assertThat(printed.path("images")).hasSize(7);
    double sum = 0;
    for (JsonNode image : printed.path("images")) {
      assertThat(image.path("overlap").asDouble()).isBetween(0.0, 1.0);
      assertThat(image.path("cleanCentre").path("row").asDouble()).isBetween(0.0, 1.0);
      assertThat(image.path("label").asText()).isNotEmpty();
      sum += image.path("overlap").asDouble();
    }
    assertThat(printed.path("meanOverlap").asDouble()).isCloseTo(sum / 7, within(1e-9));
    assertThat(ImageIO.read(out.resolve("saliency.png").toFile()).getWidth()).isEqualTo(108 + 7 * 136);
  }

  @Test
  void gradientsNeedNoLayer() {
    String command = "analyze saliency " + ticket + " --attack fgsm --images 1 --out " + folder + DATA;
    assertThat(Program.run(command + " --method gradient-x-input").out()).contains("gradient x input under fgsm");
    assertThat(Program.run(command + " --method gradient --layer layer2").err())
        .isEqualTo("--layer: expected --method grad-cam, got --method gradient" + System.lineSeparator());
    assertThat(Program.run(command + " --method lime").err())
        .isEqualTo("--method: expected one of grad-cam, gradient, gradient-x-input, got 'lime'" + System.lineSeparator());
    assertThat(Program.run(command + " --layer layer7").err())
        .startsWith("layer: expected one of conv1, layer1.0, ")
        .endsWith("layer4.1, linear, or another layer of the network, got 'layer7'" + System.lineSeparator());
  }

  @Test
  void ckaOfANetworkWithItselfIsOneOnTheDiagonal() throws IOException {
    Path out = folder.resolve("cka");
    JsonNode within = Program.json("analyze cka " + ticket + " --layers layer1,layer4,linear --json --out " + out + DATA);
    assertThat(Json.read(out.resolve("cka.json"), JsonNode.class)).isEqualTo(within);
    assertThat(within.path("images").asInt()).isEqualTo(12);
    for (int i = 0; i < 3; i++) {
      assertThat(within.path("similarity").path(i).path(i).asDouble()).isCloseTo(1, within(1e-9));
    }
    JsonNode between = Program.json("analyze cka " + ticket + " " + ticket + " --layers layer1,layer4,linear --json --out " + out + DATA);
    assertThat(between.path("similarity")).isEqualTo(within.path("similarity"));
    assertThat(ImageIO.read(out.resolve("cka.png").toFile()).getWidth()).isGreaterThan(2 * 3 * 32);
  }

  @Test
  void ckaRefusesWhatItCannotCompare() {
    assertThat(Program.run("analyze cka " + ticket + " --images 2" + DATA).err())
        .isEqualTo("--images: expected a whole number of at least 3, got 2" + System.lineSeparator());
    assertThat(Program.run("analyze cka " + ticket + " --other-checkpoint last" + DATA).err())
        .isEqualTo("--other-checkpoint: expected two run folders, got one" + System.lineSeparator());
    assertThat(Program.run("analyze cka " + ticket + " " + folder.resolve("nowhere") + DATA).exitCode()).isEqualTo(ExitCode.FAILURE);
  }
}
