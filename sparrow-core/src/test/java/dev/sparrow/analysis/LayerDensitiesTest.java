package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.arch.Op;
import dev.sparrow.io.Json;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerDensitiesTest {

  private static final int BLUE = 0x0072b2;
  private static final int OCHRE = 0xb07500;
  private static final int WHITE = 0xffffff;

  @TempDir Path folder;

  /** On 4x4 images: a strided 2x2 convolution of 3 to 2 channels (4 positions), and 2 to 3 logits. */
  private static Blueprint blueprint() {
    BlueprintBuilder net = new BlueprintBuilder("toy", 4);
    BlueprintBuilder.Value pooled = net.globalAvgPool(net.append(new Op.Conv2d("conv", 3, 2, 2, 2, 0, false), net.image()));
    net.linear("linear", pooled, 3);
    return net.build();
  }

  /** 6 of the convolution's 24 weights and 3 of the linear layer's 6. */
  private static LayerDensities toy() {
    boolean[] conv = new boolean[24];
    for (int i = 0; i < 6; i++) {
      conv[4 * i] = true;
    }
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> active = new LinkedHashMap<>();
      active.put("conv.weight", Tensors.ofBooleans(conv, 2, 3, 2, 2));
      active.put("linear.weight", Tensors.ofBooleans(new boolean[] {true, false, true, false, true, false}, 3, 2));
      try (MaskSet masks = MaskSet.copyOf(new NamedTensors(active))) {
        return LayerDensities.of("somewhere", blueprint(), masks);
      }
    }
  }

  @Test
  void countsWeightsAndProducts() {
    LayerDensities toy = toy();
    assertThat(toy.nonzeros()).isEqualTo(9);
    assertThat(toy.prunable()).isEqualTo(30);
    assertThat(toy.density()).isEqualTo(0.3);
    assertThat(toy.activeMacs()).isEqualTo(6 * 4 + 3);
    LayerDensities.Layer conv = toy.layers().get(0);
    assertThat(conv.name()).isEqualTo("conv.weight");
    assertThat(conv.density()).isEqualTo(0.25);
    assertThat(conv.nonzeros()).isEqualTo(6);
    assertThat(conv.macs()).isEqualTo(24 * 4);
    assertThat(conv.macsShare()).isCloseTo(96 / 102.0, within(1e-12));
    assertThat(conv.activeMacsShare()).isCloseTo(24 / 27.0, within(1e-12));
    assertThat(toy.layers().get(1).activeMacsShare()).isCloseTo(3 / 27.0, within(1e-12));
  }

  @Test
  void writesNumbersAndPicture() throws IOException {
    AnalysisFiles files = new AnalysisFiles(folder.resolve("new"), "layers");
    files.write(toy(), toy()::draw);
    JsonNode json = Json.read(files.json(), JsonNode.class);
    assertThat(json.get("network").asText()).isEqualTo("somewhere");
    assertThat(json.at("/layers/1/nonzeros").asInt()).isEqualTo(3);
    assertThat(json.at("/layers/0/shape")).isEqualTo(Json.tree(List.of(2, 3, 2, 2)));
    assertThat(folder.resolve("new").toFile().list()).containsExactlyInAnyOrder("layers.json", "layers.png");
  }

  /** Bars are 260 units of two pixels long; the picture's left margin depends on the font, so it is looked for. */
  @Test
  void barsAreAsLongAsTheirValues() throws IOException {
    Path file = folder.resolve("layers.png");
    toy().draw(file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(length(picture, 0, BLUE)).isCloseTo(130, within(3));
    assertThat(length(picture, 1, BLUE)).isCloseTo(260, within(3));
    assertThat(length(picture, 0, OCHRE)).as("the most expensive layer").isCloseTo(520, within(3));
    assertThat(length(picture, 1, OCHRE)).isCloseTo(65, within(3));
    assertThat(picture.getRGB(2, 2) & WHITE).isEqualTo(WHITE);
  }

  /** How many pixels of a colour there are along the middle of a line. */
  private static int length(BufferedImage picture, int line, int color) {
    int y = 2 * (96 + 20 * line + 7);
    int count = 0;
    for (int x = 0; x < picture.getWidth(); x++) {
      count += (picture.getRGB(x, y) & WHITE) == color ? 1 : 0;
    }
    return count;
  }
}
