package dev.sparrow.kernel;

import dev.sparrow.arch.Op;

/**
 * Convolutions by their definition: dense, in float64, over images [N, C, H, W]. All three directions run through the same products, so
 * that none relies on how another is derived.
 */
final class DenseTwin {

  private final Op.Conv2d conv;
  private final Plane input;
  private final Plane output;
  private final int images;

  DenseTwin(Op.Conv2d conv, Plane input, Plane output, int images) {
    this.conv = conv;
    this.input = input;
    this.output = output;
    this.images = images;
  }

  /** Indices of an image's input value, weight and output value that are multiplied with each other. */
  private interface Product {
    void add(int image, int in, int weight, int out);
  }

  double[] convolve(double[] in, double[] weight) {
    double[] out = new double[images * size(output)];
    forEachProduct((image, i, w, o) -> out[o] += in[i] * weight[w]);
    return out;
  }

  double[] inputGradient(double[] gradient, double[] weight) {
    double[] out = new double[images * size(input)];
    forEachProduct((image, i, w, o) -> out[i] += gradient[o] * weight[w]);
    return out;
  }

  /** The weight gradient of every image for itself, [images][weights]. */
  double[][] weightGradients(double[] in, double[] gradient) {
    double[][] out = new double[images][conv.out() * conv.in() * conv.kernel() * conv.kernel()];
    forEachProduct((image, i, w, o) -> out[image][w] += in[i] * gradient[o]);
    return out;
  }

  static int size(Plane plane) {
    return plane.channels() * plane.height() * plane.width();
  }

  private void forEachProduct(Product product) {
    for (int n = 0; n < images; n++) {
      for (int k = 0; k < conv.out(); k++) {
        for (int y = 0; y < output.height(); y++) {
          for (int x = 0; x < output.width(); x++) {
            int out = ((n * conv.out() + k) * output.height() + y) * output.width() + x;
            forEachInput(product, n, k, y, x, out);
          }
        }
      }
    }
  }

  private void forEachInput(Product product, int n, int k, int y, int x, int out) {
    for (int c = 0; c < conv.in(); c++) {
      for (int dy = 0; dy < conv.kernel(); dy++) {
        int row = y * conv.stride() + dy - conv.padding();
        for (int dx = 0; dx < conv.kernel(); dx++) {
          int column = x * conv.stride() + dx - conv.padding();
          if (row >= 0 && row < input.height() && column >= 0 && column < input.width()) {
            int in = ((n * conv.in() + c) * input.height() + row) * input.width() + column;
            product.add(n, in, ((k * conv.in() + c) * conv.kernel() + dy) * conv.kernel() + dx, out);
          }
        }
      }
    }
  }
}
