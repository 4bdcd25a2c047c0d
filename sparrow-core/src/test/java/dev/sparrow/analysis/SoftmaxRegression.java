package dev.sparrow.analysis;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintBuilder;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The mean of each channel, then a linear layer to three logits: twelve parameters, and everything about them by hand in doubles. */
final class SoftmaxRegression {

  static final int SIDE = 2;

  private static final int CLASSES = 3;
  private static final int INPUTS = 4;

  private SoftmaxRegression() {}

  static LibtorchClassifier create(long seed) {
    BlueprintBuilder net = new BlueprintBuilder("softmax-regression", SIDE);
    net.linear("linear", net.globalAvgPool(net.image()), CLASSES);
    Blueprint blueprint = net.build();
    return new LibtorchClassifier(new Network(blueprint, new Seed(seed), DeviceSpec.CPU), Normalization.NONE, Precision.FP32);
  }

  /** Five images in batches of three and two. */
  static FixedImages images() {
    Random random = new Random(7);
    float[] pixels = new float[5 * 3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    int image = pixels.length / 5;
    Batch first = new Batch(0, SIDE, Arrays.copyOf(pixels, 3 * image), new long[] {0, 1, 2});
    Batch second = new Batch(1, SIDE, Arrays.copyOfRange(pixels, 3 * image, 5 * image), new long[] {1, 1});
    return new FixedImages(List.of(first, second), DeviceSpec.CPU);
  }

  /** The mean cross-entropy. */
  static double loss(LibtorchClassifier model, FixedImages images) {
    return loss(weight(model), bias(model), images);
  }

  /** The same with other weights. */
  static double loss(float[] weight, float[] bias, FixedImages images) {
    double sum = 0;
    for (Batch batch : images.batches()) {
      for (int image = 0; image < batch.size(); image++) {
        sum -= Math.log(probabilities(weight, bias, inputs(batch, image))[(int) batch.labels()[image]]);
      }
    }
    return sum / images.size();
  }

  /** Of the Hessian by the active weights and the biases, largest first. */
  static double[] eigenvalues(LibtorchClassifier model, FixedImages images, boolean[] active) {
    double[][] hessian = new double[CLASSES * INPUTS][CLASSES * INPUTS];
    for (Batch batch : images.batches()) {
      for (int image = 0; image < batch.size(); image++) {
        double[] h = inputs(batch, image);
        double[] p = probabilities(weight(model), bias(model), h);
        for (int i = 0; i < hessian.length; i++) {
          for (int j = 0; j < hessian.length; j++) {
            int a = i / INPUTS;
            int b = j / INPUTS;
            hessian[i][j] += ((a == b ? p[a] : 0) - p[a] * p[b]) * h[i % INPUTS] * h[j % INPUTS] / images.size();
          }
        }
      }
    }
    for (int i = 0; i < hessian.length; i++) {
      for (int j = 0; j < hessian.length; j++) {
        hessian[i][j] = isActive(i, active) && isActive(j, active) ? hessian[i][j] : 0;
      }
    }
    return jacobi(hessian);
  }

  private static boolean isActive(int i, boolean[] active) {
    return i % INPUTS == INPUTS - 1 || active[i / INPUTS * (INPUTS - 1) + i % INPUTS];
  }

  private static double[] inputs(Batch batch, int image) {
    double[] inputs = new double[INPUTS];
    int plane = SIDE * SIDE;
    for (int channel = 0; channel < INPUTS - 1; channel++) {
      for (int pixel = 0; pixel < plane; pixel++) {
        inputs[channel] += batch.images()[(image * 3 + channel) * plane + pixel] / (double) plane;
      }
    }
    inputs[INPUTS - 1] = 1;
    return inputs;
  }

  private static float[] weight(LibtorchClassifier model) {
    return Tensors.toFloats(model.parameters().get("linear.weight"));
  }

  private static float[] bias(LibtorchClassifier model) {
    return Tensors.toFloats(model.parameters().get("linear.bias"));
  }

  private static double[] probabilities(float[] weight, float[] bias, double[] inputs) {
    double[] p = new double[CLASSES];
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      double logit = bias[c];
      for (int i = 0; i < INPUTS - 1; i++) {
        logit += weight[c * (INPUTS - 1) + i] * inputs[i];
      }
      p[c] = Math.exp(logit);
      sum += p[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /** Jacobi's rotations until nothing is left off the diagonal. */
  private static double[] jacobi(double[][] a) {
    int n = a.length;
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (a[p][q] != 0) {
            rotate(a, p, q);
          }
        }
      }
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> -a[i][i]);
    Arrays.sort(values);
    Arrays.setAll(values, i -> -values[i]);
    return values;
  }

  private static void rotate(double[][] a, int p, int q) {
    double theta = 0.5 * Math.atan2(2 * a[p][q], a[p][p] - a[q][q]);
    double c = Math.cos(theta);
    double s = Math.sin(theta);
    for (int k = 0; k < a.length; k++) {
      double x = a[k][p];
      double y = a[k][q];
      a[k][p] = c * x + s * y;
      a[k][q] = c * y - s * x;
    }
    for (int k = 0; k < a.length; k++) {
      double x = a[p][k];
      double y = a[q][k];
      a[p][k] = c * x + s * y;
      a[q][k] = c * y - s * x;
    }
  }
}
