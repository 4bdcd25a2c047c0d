package dev.sparrow.analysis;

import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Saliency by the gradient of the class's logit by the pixels: the largest magnitude of a pixel's three colours.
 *
 * @param model any engine, borrowed
 * @param product what the magnitude is taken of
 */
public record GradientSaliency(Classifier model, Product product) implements Attribution {

  /** What the gradient is multiplied by. */
  public enum Product {
    /** By nothing: how much the logit moves with a pixel (Simonyan et al., 2013). */
    NONE("gradient"),
    /** By the pixel itself: to first order, how much of the logit a pixel contributes next to a black one (Shrikumar et al., 2016). */
    INPUT("gradient x input");

    private final String label;

    Product(String label) {
      this.label = label;
    }
  }

  @Override
  public String name() {
    return product.label;
  }

  @Override
  public List<ImportanceMap> maps(Tensor images, Tensor classes) {
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL);
        Pass pass = model.forward(images, Recording.INPUT)) {
      Tensor gradient = pass.inputGradient(OneHot.like(pass.logits(), classes));
      float[] values = Tensors.toFloats((product == Product.INPUT ? gradient.mul(images) : gradient).abs());
      int side = Math.toIntExact(images.size(2));
      int length = values.length / Math.toIntExact(images.size(0));
      return IntStream.range(0, values.length / length)
          .mapToObj(image -> new ImportanceMap(side, side, largestOfColours(Arrays.copyOfRange(values, image * length, (image + 1) * length))))
          .toList();
    }
  }

  private static float[] largestOfColours(float[] pixels) {
    int plane = pixels.length / 3;
    float[] largest = new float[plane];
    for (int i = 0; i < pixels.length; i++) {
      largest[i % plane] = Math.max(largest[i % plane], pixels[i]);
    }
    return largest;
  }
}
