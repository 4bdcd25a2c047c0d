package dev.sparrow.analysis;

import dev.sparrow.BadInput;
import dev.sparrow.model.InnerValues;
import dev.sparrow.model.InnerValues.Sensitivity;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Grad-CAM (Selvaraju et al., 2017): the channels of a feature map A, weighted with how much the class's logit z depends on them.
 *
 * <p>Definition: a channel k weighs a_k = mean over the places of dz / dA_k; the map is max(0, sum of a_k A_k), resized to the image by
 * bilinear interpolation. For a network that ends with a global average and one linear layer, A being the average's input, these are class
 * activation maps (Zhou et al., 2016) divided by the number of places.
 */
public final class GradCam implements Attribution {

  private final NetworkClassifier model;
  private final String layer;

  /**
   * Grad-CAM at a layer.
   *
   * @param model the network, borrowed
   * @param layer name of a value, as of {@link dev.sparrow.arch.ValueNames}
   * @throws BadInput if the network has no such value, or it is no feature map
   */
  public GradCam(NetworkClassifier model, String layer) {
    Shape shape = new InnerValues(model).names().node(layer).output();
    if (shape.rank() != 3) {
      throw BadInput.usage("layer", "one whose value is a feature map", "'" + layer + "', a vector of " + shape.size());
    }
    this.model = model;
    this.layer = layer;
  }

  /**
   * Grad-CAM at the network's last feature map.
   *
   * @param model the network, borrowed
   * @return Grad-CAM
   * @throws BadInput if every feature map of the network is a single place
   */
  public static GradCam atLastMap(NetworkClassifier model) {
    return new InnerValues(model)
        .names()
        .lastMap()
        .map(layer -> new GradCam(model, layer))
        .orElseThrow(() -> BadInput.usage("layer", "a network with a feature map of several places", "single places only"));
  }

  @Override
  public String name() {
    return "Grad-CAM " + layer;
  }

  @Override
  public List<ImportanceMap> maps(Tensor images, Tensor classes) {
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL)) {
      Sensitivity sensitivity = new InnerValues(model).sensitivity(images, layer, logits -> OneHot.like(logits, classes));
      int side = Math.toIntExact(images.size(2));
      int height = Math.toIntExact(sensitivity.value().size(2));
      int width = Math.toIntExact(sensitivity.value().size(3));
      int channels = Math.toIntExact(sensitivity.value().size(1));
      float[] values = Tensors.toFloats(sensitivity.value());
      float[] gradients = Tensors.toFloats(sensitivity.gradient());
      return IntStream.range(0, Math.toIntExact(images.size(0)))
          .mapToObj(image -> new ImportanceMap(height, width, weigh(values, gradients, image * channels, channels, height * width)))
          .map(map -> map.resized(side))
          .toList();
    }
  }

  private static float[] weigh(float[] values, float[] gradients, int firstChannel, int channels, int places) {
    double[] sums = new double[places];
    for (int channel = firstChannel; channel < firstChannel + channels; channel++) {
      double weight = 0;
      for (int place = 0; place < places; place++) {
        weight += gradients[channel * places + place];
      }
      for (int place = 0; place < places; place++) {
        sums[place] += weight / places * values[channel * places + place];
      }
    }
    float[] map = new float[places];
    IntStream.range(0, places).forEach(place -> map[place] = (float) Math.max(0, sums[place]));
    return map;
  }
}
