package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a network by their names: weights as taps of their layers, all others as arrays. */
final class NetworkTensors {

  private final Map<String, ConvLayer> layers = new HashMap<>();
  private final Map<String, float[]> vectors = new HashMap<>();
  private final Map<String, float[]> running = new HashMap<>();
  private final List<NormLayer> norms;

  NetworkTensors(Stages stages) {
    stages.convolutions().forEach(layer -> layers.put(layer.weight(), layer));
    norms = stages.norms();
    for (NormLayer norm : norms) {
      vectors.put(norm.name() + ".weight", norm.gamma);
      vectors.put(norm.name() + ".bias", norm.beta);
      norm.biasName().ifPresent(name -> vectors.put(name, norm.bias));
      running.put(norm.name() + ".running_mean", norm.runningMean);
      running.put(norm.name() + ".running_var", norm.runningVariance);
    }
    vectors.put(stages.head().layer().name() + ".bias", stages.head().bias());
    vectors.putAll(running);
  }

  List<NormLayer> norms() {
    return norms;
  }

  /** The layer of a weight. */
  ConvLayer layer(String weight) {
    return known("weight", layers, weight);
  }

  void load(String name, float[] values) {
    if (layers.containsKey(name)) {
      layers.get(name).load(values);
      return;
    }
    float[] vector = known("tensor", vectors, name);
    if (values.length != vector.length) {
      throw BadInput.data("length of " + name, vector.length, values.length, "sparse engine");
    }
    System.arraycopy(values, 0, vector, 0, vector.length);
  }

  float[] runningStatistic(String name) {
    return known("running statistic", running, name);
  }

  private static <T> T known(String what, Map<String, T> map, String name) {
    if (!map.containsKey(name)) {
      throw BadInput.data(what, "one of the network's", name, "sparse engine");
    }
    return map.get(name);
  }
}
