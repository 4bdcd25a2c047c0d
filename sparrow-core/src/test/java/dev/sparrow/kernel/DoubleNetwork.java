package dev.sparrow.kernel;

import dev.sparrow.arch.Node;
import dev.sparrow.arch.Op;
import dev.sparrow.arch.Statistics;
import dev.sparrow.units.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network in float64, node by node as a blueprint says: loops over images, channels and positions, and no derivatives. Written without a
 * look at either engine.
 */
final class DoubleNetwork {

  private final ToyNetwork toy;
  private final Map<String, double[]> tensors = new LinkedHashMap<>();

  DoubleNetwork(ToyNetwork toy) {
    this.toy = toy;
    toy.tensors().forEach((name, values) -> tensors.put(name, doubles(values)));
  }

  /** A tensor that may be changed. */
  double[] tensor(String name) {
    return tensors.get(name);
  }

  /** The sum of the logits, weighted. */
  double weightedLogits(double[] images, int count, Statistics statistics, float[] weights) {
    double[] logits = logits(images, count, statistics);
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += logits[i] * weights[i];
    }
    return sum;
  }

  private double[] logits(double[] images, int count, Statistics statistics) {
    double[][] values = new double[toy.blueprint().nodes().size() + 1][];
    Shape input = toy.blueprint().input();
    int area = input.dim(1) * input.dim(2);
    float[] mean = toy.standardization().mean();
    float[] deviation = toy.standardization().deviation();
    values[0] = new double[images.length];
    for (int i = 0; i < images.length; i++) {
      int channel = i / area % input.dim(0);
      values[0][i] = (images[i] - mean[channel]) / deviation[channel];
    }
    for (Node node : toy.blueprint().nodes()) {
      List<Integer> from = node.inputs();
      Shape shape = from.get(0) == 0 ? input : toy.blueprint().nodes().get(from.get(0) - 1).output();
      double[] other = values[from.get(from.size() - 1)];
      values[node.id()] = apply(node, values[from.get(0)], other, shape, count, statistics);
    }
    return values[values.length - 1];
  }

  private double[] apply(Node node, double[] x, double[] other, Shape shape, int count, Statistics statistics) {
    double[] y = new double[count * (int) node.output().size()];
    if (node.op() instanceof Op.Conv2d conv) {
      convolve(conv, x, shape, y, node.output(), count);
    } else if (node.op() instanceof Op.BatchNorm norm) {
      normalize(norm, x, shape, y, count, statistics);
    } else if (node.op() instanceof Op.Relu) {
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.max(0, x[i]);
      }
    } else if (node.op() instanceof Op.Add) {
      for (int i = 0; i < y.length; i++) {
        y[i] = x[i] + other[i];
      }
    } else if (node.op() instanceof Op.MaxPool pool) {
      pool(pool.kernel(), x, shape, y);
    } else if (node.op() instanceof Op.GlobalAvgPool) {
      int area = shape.dim(1) * shape.dim(2);
      for (int i = 0; i < x.length; i++) {
        y[i / area] += x[i] / area;
      }
    } else if (node.op() instanceof Op.Linear linear) {
      classify(linear, x, y);
    }
    return y;
  }

  private void convolve(Op.Conv2d conv, double[] x, Shape from, double[] y, Shape to, int count) {
    double[] weight = tensors.get(conv.name() + ".weight");
    int k = conv.kernel();
    for (int i = 0; i < y.length; i++) {
      int column = i % to.dim(2);
      int row = i / to.dim(2) % to.dim(1);
      int out = i / (to.dim(2) * to.dim(1)) % to.dim(0);
      int image = i / (to.dim(2) * to.dim(1) * to.dim(0));
      y[i] = conv.bias() ? tensors.get(conv.name() + ".bias")[out] : 0;
      for (int t = 0; t < conv.in() * k * k; t++) {
        int r = row * conv.stride() + t / k % k - conv.padding();
        int c = column * conv.stride() + t % k - conv.padding();
        if (r >= 0 && c >= 0 && r < from.dim(1) && c < from.dim(2)) {
          y[i] += weight[out * conv.in() * k * k + t] * x[((image * conv.in() + t / (k * k)) * from.dim(1) + r) * from.dim(2) + c];
        }
      }
    }
  }

  private void normalize(Op.BatchNorm norm, double[] x, Shape shape, double[] y, int count, Statistics statistics) {
    int area = shape.dim(1) * shape.dim(2);
    for (int channel = 0; channel < norm.channels(); channel++) {
      double mean = 0;
      double variance = 0;
      for (int i = 0; i < count * area; i++) {
        mean += x[at(i, area, channel, norm.channels())] / (count * area);
      }
      for (int i = 0; i < count * area; i++) {
        variance += Math.pow(x[at(i, area, channel, norm.channels())] - mean, 2) / (count * area);
      }
      if (statistics == Statistics.RUNNING) {
        mean = tensors.get(norm.name() + ".running_mean")[channel];
        variance = tensors.get(norm.name() + ".running_var")[channel];
      }
      double scale = tensors.get(norm.name() + ".weight")[channel] / Math.sqrt(variance + 1e-5);
      for (int i = 0; i < count * area; i++) {
        int at = at(i, area, channel, norm.channels());
        y[at] = (x[at] - mean) * scale + tensors.get(norm.name() + ".bias")[channel];
      }
    }
  }

  /** Position i of a channel, counted over all images. */
  private static int at(int i, int area, int channel, int channels) {
    return (i / area * channels + channel) * area + i % area;
  }

  private static void pool(int side, double[] x, Shape shape, double[] y) {
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < x.length; i++) {
      int column = i % shape.dim(2) / side;
      int row = i / shape.dim(2) / side;
      int at = row * (shape.dim(2) / side) + column;
      y[at] = Math.max(y[at], x[i]);
    }
  }

  private void classify(Op.Linear linear, double[] x, double[] y) {
    double[] weight = tensors.get(linear.name() + ".weight");
    for (int i = 0; i < y.length; i++) {
      int k = i % linear.out();
      y[i] = tensors.get(linear.name() + ".bias")[k];
      for (int c = 0; c < linear.in(); c++) {
        y[i] += weight[k * linear.in() + c] * x[i / linear.out() * linear.in() + c];
      }
    }
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
