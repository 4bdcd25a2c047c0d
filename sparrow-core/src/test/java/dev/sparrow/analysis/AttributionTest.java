package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import dev.sparrow.analysis.GradientSaliency.Product;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.FormulaNetwork;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttributionTest {

  private static final int SIZE = 6;
  private static final int PLANE = SIZE * SIZE;
  private static final int CLASSES = 4;
  private static final int CHANNELS = 5;
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  private final float[] pixels = Golden.images(1, 2, SIZE);
  private TensorScope scope;
  private Tensor images;
  private Tensor classes;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    images = Tensors.ofFloats(pixels, 2, 3, SIZE, SIZE);
    classes = Tensors.ofLongs(new long[] {3, 1}, 2);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** A convolution of single pixels, a global average and a linear layer. */
  private static Blueprint averaging() {
    BlueprintBuilder net = new BlueprintBuilder("averaging", SIZE);
    net.linear("linear", net.globalAvgPool(net.conv("conv", net.image(), CHANNELS, 1, 1)), CLASSES);
    return net.build();
  }

  /** Its logit is the mean over the places of sum_k w_k A_k, so a channel weighs w_k / (h w): Zhou's class activation map. */
  @Test
  void gradCamIsTheClassActivationMapOfAnAveragingNetwork() {
    try (LibtorchClassifier model = FormulaNetwork.of(averaging(), 1, Normalization.NONE)) {
      float[] kernel = Tensors.toFloats(model.parameters().get("conv.weight"));
      float[] weight = Tensors.toFloats(model.parameters().get("linear.weight"));
      List<ImportanceMap> maps = GradCam.atLastMap(model).maps(images, classes);
      assertThat(maps).hasSize(2);
      int positive = 0;
      for (int image = 0; image < 2; image++) {
        float[] map = maps.get(image).values();
        int label = image == 0 ? 3 : 1;
        for (int place = 0; place < PLANE; place++) {
          double sum = 0;
          for (int k = 0; k < CHANNELS; k++) {
            double activation = 0;
            for (int colour = 0; colour < 3; colour++) {
              activation += kernel[k * 3 + colour] * pixels[(image * 3 + colour) * PLANE + place];
            }
            sum += weight[label * CHANNELS + k] / PLANE * activation;
          }
          positive += sum > 0 ? 1 : 0;
          assertThat(map[place]).isCloseTo((float) Math.max(0, sum), ROUNDING);
        }
      }
      assertThat(positive).isPositive();
    }
  }

  @Test
  void gradCamNeedsAFeatureMap() {
    try (LibtorchClassifier model = FormulaNetwork.of(averaging(), 1)) {
      assertThat(GradCam.atLastMap(model).name()).isEqualTo("Grad-CAM conv");
      assertThatThrownBy(() -> new GradCam(model, "linear"))
          .isInstanceOf(BadInput.class)
          .hasMessage("layer: expected one whose value is a feature map, got 'linear', a vector of 4");
      assertThatThrownBy(() -> new GradCam(model, "layer4"))
          .isInstanceOf(BadInput.class)
          .hasMessage("layer: expected one of conv, linear, or another layer of the network, got 'layer4'");
    }
  }

  @Test
  void gradCamRefusesSinglePlaces() {
    BlueprintBuilder net = new BlueprintBuilder("single", 1);
    net.linear("fc", net.globalAvgPool(net.conv("conv", net.image(), 2, 1, 1)), 2);
    try (LibtorchClassifier model = FormulaNetwork.of(net.build(), 1)) {
      assertThatThrownBy(() -> GradCam.atLastMap(model))
          .isInstanceOf(BadInput.class)
          .hasMessage("layer: expected a network with a feature map of several places, got single places only");
    }
  }

  @Test
  void gradientOfALinearClassifierIsItsWeight() {
    float[] weight = Golden.parameter(7, 0, "weight", CLASSES, 3 * PLANE);
    try (LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 7)) {
      float[] first = new GradientSaliency(model, Product.NONE).maps(images, classes).get(0).values();
      float[] second = new GradientSaliency(model, Product.INPUT).maps(images, classes).get(1).values();
      for (int place = 0; place < PLANE; place++) {
        float plain = 0;
        float product = 0;
        for (int colour = 0; colour < 3; colour++) {
          int at = colour * PLANE + place;
          plain = Math.max(plain, Math.abs(weight[3 * 3 * PLANE + at]));
          product = Math.max(product, Math.abs(weight[3 * PLANE + at] * pixels[3 * PLANE + at]));
        }
        assertThat(first[place]).isCloseTo(plain, ROUNDING);
        assertThat(second[place]).isCloseTo(product, ROUNDING);
      }
      assertThat(new GradientSaliency(model, Product.INPUT).name()).isEqualTo("gradient x input");
    }
  }
}
