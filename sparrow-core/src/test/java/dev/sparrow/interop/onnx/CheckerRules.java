package dev.sparrow.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.interop.onnx.ParsedModel.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What ONNX's own checker and its shape inference demand of a model, for the operations that networks have. */
final class CheckerRules {

  private final ParsedModel model;
  private final Map<String, List<String>> known = new HashMap<>();
  private final Set<String> read = new HashSet<>();

  private CheckerRules(ParsedModel model) {
    this.model = model;
  }

  static void check(ParsedModel model) {
    new CheckerRules(model).check();
  }

  private void check() {
    assertThat(model.irVersion()).isEqualTo(8);
    assertThat(model.opset()).isEqualTo(17);
    model.constants().forEach((name, data) -> {
      assertThat((long) data.remaining()).as(name).isEqualTo(size(model.shapes().get(name)));
      known.put(name, model.shapes().get(name));
    });
    model.inputs().forEach(name -> assertThat(known.put(name, model.shapes().get(name))).as(name).isNull());
    Set<String> names = new HashSet<>();
    for (NodeProto node : model.nodes()) {
      assertThat(node.name()).isNotEmpty();
      assertThat(names.add(node.name())).as("second node " + node.name()).isTrue();
      check(node);
    }
    assertThat(model.outputs()).allMatch(known::containsKey).noneMatch(read::contains);
    read.addAll(model.outputs());
    assertThat(read).as("every value and constant has a reader").containsAll(known.keySet());
    assertThat(known).as("every value's shape is said").isEqualTo(model.shapes());
  }

  private void check(NodeProto node) {
    assertThat(known.keySet()).as("made before " + node.name()).containsAll(node.inputs());
    read.addAll(node.inputs());
    List<List<String>> inputs = node.inputs().stream().map(known::get).toList();
    List<String> inferred = infer(node, inputs);
    String output = node.outputs().get(0);
    assertThat(node.outputs()).hasSize(1);
    assertThat(known.put(output, inferred)).as("made twice: " + output).isNull();
    assertThat(model.shapes().get(output)).as(output).isEqualTo(inferred);
  }

  /** Shape inference as the operators' descriptions have it, for square images. */
  private static List<String> infer(NodeProto node, List<List<String>> inputs) {
    List<String> x = inputs.get(0);
    return switch (node.type()) {
      case "Relu" -> same(inputs, 1);
      case "Add" -> {
        assertThat(inputs.get(1)).isEqualTo(x);
        yield same(inputs, 2);
      }
      case "Sub", "Div" -> {
        assertThat(inputs.get(1)).isEqualTo(List.of("1", x.get(1), "1", "1"));
        yield same(inputs, 2);
      }
      case "BatchNormalization" -> {
        assertThat(inputs.subList(1, 5)).allMatch(List.of(x.get(1))::equals);
        assertThat(node.attributes()).containsOnly(Map.entry("epsilon", 1e-5f));
        yield same(inputs, 5);
      }
      case "Conv" -> convolved(node, inputs);
      case "MaxPool" -> {
        long kernel = node.square("kernel_shape", 2);
        assertThat(node.square("strides", 2)).isEqualTo(kernel);
        long side = Long.parseLong(x.get(2)) / kernel;
        yield List.of(x.get(0), x.get(1), String.valueOf(side), String.valueOf(side));
      }
      case "GlobalAveragePool" -> List.of(x.get(0), x.get(1), "1", "1");
      case "Flatten" -> {
        assertThat(node.number("axis")).isEqualTo(1);
        yield List.of(x.get(0), String.valueOf(size(x.subList(1, x.size()))));
      }
      case "Gemm" -> {
        assertThat(node.number("transB")).isEqualTo(1);
        assertThat(x.get(1)).isEqualTo(inputs.get(1).get(1));
        assertThat(inputs.get(2)).isEqualTo(List.of(inputs.get(1).get(0)));
        yield List.of(x.get(0), inputs.get(1).get(0));
      }
      default -> throw new AssertionError("operator " + node.type());
    };
  }

  private static List<String> same(List<List<String>> inputs, int count) {
    assertThat(inputs).hasSize(count);
    return inputs.get(0);
  }

  private static List<String> convolved(NodeProto node, List<List<String>> inputs) {
    List<String> x = inputs.get(0);
    List<String> weight = inputs.get(1);
    long kernel = node.square("kernel_shape", 2);
    assertThat(weight.subList(1, 4)).isEqualTo(List.of(x.get(1), String.valueOf(kernel), String.valueOf(kernel)));
    if (inputs.size() > 2) {
      assertThat(inputs.get(2)).isEqualTo(weight.subList(0, 1));
    }
    long reach = Long.parseLong(x.get(2)) + 2 * node.square("pads", 4) - kernel;
    String side = String.valueOf(reach / node.square("strides", 2) + 1);
    return List.of(x.get(0), weight.get(0), side, side);
  }

  private static long size(List<String> dims) {
    return dims.stream().mapToLong(Long::parseLong).reduce(1, Math::multiplyExact);
  }
}
