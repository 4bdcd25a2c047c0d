package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Statistics;
import java.util.List;

/** What follows from the moments of a whole batch: statistics on the way forward, coefficients and parameter gradients on the way back. */
final class Conclusions {

  private final Moments moments;
  private final ParameterGradients gradients;
  private final Mode mode;
  private final PlainWords words;

  Conclusions(Moments moments, ParameterGradients gradients, Mode mode, PlainWords words) {
    this.moments = moments;
    this.gradients = gradients;
    this.mode = mode;
    this.words = words;
  }

  /** Mean and variance of the value in a buffer, for the batch norms that read it. */
  GroupStep.Conclusion statistics(int buffer, Plane plane, List<NormLayer> norms) {
    return (frame, parts, tasks) -> {
      double values = values(frame, plane);
      if (values < 2) {
        throw BadInput.data("values per channel", "at least 2 with statistics of the batch", 1, norms.get(0).name() + ", sparse engine");
      }
      for (int channel = 0; channel < plane.channels(); channel++) {
        double mean = moments.sum(parts, tasks, channel, 0) / values;
        double variance = moments.sum(parts, tasks, channel, 1) / values - mean * mean;
        if (ChannelStatistics.isDoubtful(mean, variance)) {
          ChannelStatistics exact = ChannelStatistics.of(frame, words, buffer, plane, channel);
          use(exact.mean(), exact.variance(), channel, norms, frame, values);
        } else {
          use(mean, variance, channel, norms, frame, values);
        }
      }
    };
  }

  private static void use(double mean, double variance, int channel, List<NormLayer> norms, Frame frame, double values) {
    for (NormLayer norm : norms) {
      frame.state(norm).use(norm, channel, mean, variance);
      if (frame.statistics == Statistics.BATCH) {
        norm.follow(channel, mean, variance, values);
      }
    }
  }

  /** From the sums of the gradient behind a batch norm, and of its products with the value ahead of it. */
  GroupStep.Conclusion gradients(Plane plane, NormLayer norm) {
    return (frame, parts, tasks) -> {
      double values = values(frame, plane);
      for (int channel = 0; channel < plane.channels(); channel++) {
        double sum = moments.sum(parts, tasks, channel, 0);
        double products = moments.sum(parts, tasks, channel, 1);
        if (mode.batch()) {
          frame.state(norm).centre(norm, channel, sum, products, values);
        }
        if (mode.gradients().ofParameters()) {
          keepGradients(frame.state(norm), norm, channel, sum, products);
        }
      }
    };
  }

  private void keepGradients(NormState state, NormLayer norm, int channel, double sum, double products) {
    gradients.of(norm.name() + ".weight")[channel] = (float) state.gammaGradient(channel, sum, products);
    gradients.of(norm.name() + ".bias")[channel] = (float) sum;
    if (norm.biasName().isPresent()) {
      // A bias cancels where the mean of the batch is taken away.
      gradients.of(norm.biasName().get())[channel] = mode.batch() ? 0 : (float) (sum * state.scale[channel]);
    }
  }

  /** The gradient by the bias of the last layer: sums of the gradient of the logits. */
  GroupStep.Conclusion bias(String name) {
    if (!mode.gradients().ofParameters()) {
      return GroupStep.Conclusion.NONE;
    }
    return (frame, parts, tasks) -> {
      float[] bias = gradients.of(name);
      for (int k = 0; k < bias.length; k++) {
        double sum = 0;
        for (int image = 0; image < frame.count; image++) {
          sum += frame.logitGradient[image * bias.length + k];
        }
        bias[k] = (float) sum;
      }
    };
  }

  private static double values(Frame frame, Plane plane) {
    return (double) frame.count * plane.height() * plane.width();
  }
}
