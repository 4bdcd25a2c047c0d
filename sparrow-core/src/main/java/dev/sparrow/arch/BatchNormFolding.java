package dev.sparrow.arch;

import dev.sparrow.arch.BlueprintBuilder.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes batch norms part of the convolutions ahead of them. With running statistics a batch norm is {@code value * scale + shift} per
 * channel, so its convolution's filters are multiplied by the scale, and its bias becomes {@code bias * scale + shift}. Computed in double
 * precision, rounded once.
 */
final class BatchNormFolding {

  private final Weights original;

  /** The batch norms that go, by the value of the convolution that takes each in. */
  private final Map<Integer, Op.BatchNorm> norms = new HashMap<>();

  private final BlueprintBuilder net;
  private final Map<String, float[]> tensors = new LinkedHashMap<>();

  BatchNormFolding(Weights original) {
    Blueprint blueprint = original.blueprint();
    this.original = original;
    this.net = new BlueprintBuilder(blueprint.name(), blueprint.input().dim(1));
    int[] readers = new int[blueprint.nodes().size() + 1];
    blueprint.nodes().forEach(node -> node.inputs().forEach(id -> readers[id]++));
    for (Node node : blueprint.nodes()) {
      int input = node.inputs().get(0);
      if (node.op() instanceof Op.BatchNorm norm && readers[input] == 1 && isConvolution(input)) {
        norms.put(input, norm);
      }
    }
  }

  private boolean isConvolution(int value) {
    return value > 0 && original.blueprint().nodes().get(value - 1).op() instanceof Op.Conv2d;
  }

  Weights fold() {
    net.initialize(original.blueprint().initialization());
    List<Value> values = new ArrayList<>(List.of(net.image()));
    for (Node node : original.blueprint().nodes()) {
      Value[] inputs = node.inputs().stream().map(values::get).toArray(Value[]::new);
      values.add(norms.containsValue(node.op()) ? inputs[0] : add(node, inputs));
    }
    return new Weights(net.build(), tensors);
  }

  private Value add(Node node, Value[] inputs) {
    if (node.op() instanceof Op.Conv2d conv && norms.containsKey(node.id())) {
      return addFolded(conv, norms.get(node.id()), inputs);
    }
    Stream.of(node.op().parameters(), node.op().buffers())
        .flatMap(named -> named.keySet().stream())
        .filter(original.values()::containsKey)
        .forEach(name -> tensors.put(name, original.get(name)));
    return net.append(node.op(), inputs);
  }

  private Value addFolded(Op.Conv2d conv, Op.BatchNorm norm, Value[] inputs) {
    float[] weight = original.get(conv.name() + ".weight").clone();
    float[] bias = conv.bias() ? original.get(conv.name() + ".bias").clone() : new float[conv.out()];
    int perChannel = weight.length / conv.out();
    for (int k = 0; k < conv.out(); k++) {
      double scale = at(norm, ".weight", k) / Math.sqrt(at(norm, ".running_var", k) + Op.BatchNorm.EPSILON);
      for (int i = k * perChannel; i < (k + 1) * perChannel; i++) {
        weight[i] = (float) (weight[i] * scale);
      }
      bias[k] = (float) ((bias[k] - at(norm, ".running_mean", k)) * scale + at(norm, ".bias", k));
    }
    tensors.put(conv.name() + ".weight", weight);
    tensors.put(conv.name() + ".bias", bias);
    return net.append(new Op.Conv2d(conv.name(), conv.in(), conv.out(), conv.kernel(), conv.stride(), conv.padding(), true), inputs);
  }

  private double at(Op.BatchNorm norm, String tensor, int channel) {
    return original.get(norm.name() + tensor)[channel];
  }
}
