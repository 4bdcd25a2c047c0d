package dev.sparrow.interop.onnx;

import static dev.sparrow.interop.onnx.OnnxGraph.attribute;

import dev.sparrow.arch.Node;
import dev.sparrow.arch.Op;
import dev.sparrow.arch.Weights;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.ProtoBuffer;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Translates a network into operations of ONNX. Layers and their tensors keep their names; the others are named by kind and place. */
final class OnnxNetwork {

  private static final int SIDES = 2;
  private static final int EDGES = 4;

  private final Weights weights;
  private final Map<String, Shape> shapes;
  private final OnnxGraph graph;

  /** By the number of the node that makes it; 0 is the normalised image. */
  private final List<String> values = new ArrayList<>();

  private OnnxNetwork(Weights weights) {
    this.weights = weights;
    this.shapes = Weights.needed(weights.blueprint());
    this.graph = new OnnxGraph(weights.blueprint().name());
  }

  /** The whole network, from pixels in [0, 1] to logits. */
  static OnnxGraph of(Weights weights, Normalization normalization) {
    return new OnnxNetwork(weights).translate(normalization);
  }

  private OnnxGraph translate(Normalization normalization) {
    Shape image = weights.blueprint().input();
    graph.input(OnnxExport.INPUT, image);
    normalize(normalization, image);
    weights.blueprint().nodes().forEach(this::add);
    graph.output(OnnxExport.OUTPUT, Shape.of(weights.blueprint().numClasses()));
    return graph;
  }

  private void normalize(Normalization normalization, Shape image) {
    perChannel("normalize.mean", normalization.mean());
    perChannel("normalize.std", normalization.std());
    step("Sub", "centred", List.of(OnnxExport.INPUT, "normalize.mean"), image);
    step("Div", "normalized", List.of("centred", "normalize.std"), image);
    values.add("normalized");
  }

  private void perChannel(String name, List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = numbers.get(i).floatValue());
    graph.constant(name, Shape.of(1, floats.length, 1, 1), floats);
  }

  private void add(Node node) {
    boolean last = node.id() == weights.blueprint().nodes().size();
    List<String> from = node.inputs().stream().map(values::get).toList();
    String to = last ? OnnxExport.OUTPUT : name(node);
    values.add(to);
    if (node.op() instanceof Op.Conv2d conv) {
      convolve(conv, from, to);
    } else if (node.op() instanceof Op.BatchNorm norm) {
      List<String> inputs = with(from, norm.name(), "weight", "bias", "running_mean", "running_var");
      graph.node("BatchNormalization", norm.name(), inputs, to, attribute("epsilon", (float) Op.BatchNorm.EPSILON));
    } else if (node.op() instanceof Op.Linear linear) {
      graph.node("Gemm", linear.name(), with(from, linear.name(), "weight", "bias"), to, attribute("transB", 1));
    } else if (node.op() instanceof Op.MaxPool pool) {
      graph.node("MaxPool", to, from, to, attribute("kernel_shape", SIDES, pool.kernel()), attribute("strides", SIDES, pool.kernel()));
    } else if (node.op() instanceof Op.GlobalAvgPool) {
      step("GlobalAveragePool", to + "_square", from, Shape.of(node.output().dim(0), 1, 1));
      graph.node("Flatten", to, List.of(to + "_square"), to, attribute("axis", 1));
    } else {
      graph.node(node.op() instanceof Op.Relu ? "Relu" : "Add", to, from, to);
    }
    if (!last) {
      graph.value(to, node.output());
    }
  }

  private void convolve(Op.Conv2d conv, List<String> from, String to) {
    List<String> inputs = conv.bias() ? with(from, conv.name(), "weight", "bias") : with(from, conv.name(), "weight");
    ProtoBuffer kernel = attribute("kernel_shape", SIDES, conv.kernel());
    ProtoBuffer strides = attribute("strides", SIDES, conv.stride());
    graph.node("Conv", conv.name(), inputs, to, kernel, strides, attribute("pads", EDGES, conv.padding()));
  }

  private void step(String type, String name, List<String> from, Shape shape) {
    graph.node(type, name, from, name);
    graph.value(name, shape);
  }

  private static String name(Node node) {
    if (node.op() instanceof Op.Conv2d conv) {
      return conv.name();
    } else if (node.op() instanceof Op.BatchNorm norm) {
      return norm.name();
    } else if (node.op() instanceof Op.Linear linear) {
      return linear.name();
    }
    return node.op().getClass().getSimpleName() + "_" + node.id();
  }

  /** Adds a layer's tensors to the graph, and to the inputs of its node. */
  private List<String> with(List<String> from, String layer, String... tensors) {
    List<String> inputs = new ArrayList<>(from);
    for (String tensor : tensors) {
      String name = layer + "." + tensor;
      graph.constant(name, shapes.get(name), weights.get(name));
      inputs.add(name);
    }
    return inputs;
  }
}
