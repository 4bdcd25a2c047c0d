package dev.sparrow.interop.onnx;

import dev.sparrow.testing.ProtoFields;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model as a reader sees it; numbers of fields from {@code onnx.proto}. Fails where a name stands twice. */
record ParsedModel(
    long irVersion,
    long opset,
    Map<String, String> properties,
    List<NodeProto> nodes,
    Map<String, FloatBuffer> constants,
    Map<String, List<String>> shapes,
    List<String> inputs,
    List<String> outputs) {

  record NodeProto(String type, String name, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {

    long number(String attribute) {
      return (Long) attributes.get(attribute);
    }

    /** The number that all of an attribute's are. */
    long square(String attribute, int times) {
      List<?> all = (List<?>) attributes.get(attribute);
      if (all.size() != times || all.stream().distinct().count() != 1) {
        throw new AssertionError(name + ": " + attribute + " " + all);
      }
      return (Long) all.get(0);
    }
  }

  static ParsedModel parse(byte[] bytes) {
    ProtoFields model = ProtoFields.parse(ByteBuffer.wrap(bytes));
    ProtoFields graph = model.message(7);
    Map<String, List<String>> shapes = new LinkedHashMap<>();
    Map<String, FloatBuffer> constants = new LinkedHashMap<>();
    for (ProtoFields tensor : graph.messages(5)) {
      if (tensor.number(2) != 1) {
        throw new AssertionError("data type " + tensor.number(2));
      }
      once(constants, tensor.text(8), tensor.data(9).asFloatBuffer());
      once(shapes, tensor.text(8), tensor.numbers(1).stream().map(String::valueOf).toList());
    }
    for (int field : new int[] {11, 12, 13}) {
      graph.messages(field).forEach(value -> once(shapes, value.text(1), shape(value.message(2).message(1))));
    }
    ProtoFields opset = model.message(8);
    Map<String, String> properties = new LinkedHashMap<>();
    model.messages(14).forEach(property -> once(properties, property.text(1), property.text(2)));
    return new ParsedModel(
        model.number(1),
        opset.text(1).isEmpty() ? opset.number(2) : -1,
        properties,
        graph.messages(1).stream().map(ParsedModel::node).toList(),
        constants,
        shapes,
        graph.messages(11).stream().map(value -> value.text(1)).toList(),
        graph.messages(12).stream().map(value -> value.text(1)).toList());
  }

  private static <V> void once(Map<String, V> map, String name, V value) {
    if (name.isEmpty() || map.put(name, value) != null) {
      throw new AssertionError("name twice or empty: '" + name + "'");
    }
  }

  private static List<String> shape(ProtoFields tensor) {
    if (tensor.number(1) != 1) {
      throw new AssertionError("element type " + tensor.number(1));
    }
    return tensor.message(2).messages(1).stream().map(dim -> dim.has(1) ? String.valueOf(dim.number(1)) : dim.text(2)).toList();
  }

  private static NodeProto node(ProtoFields node) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (ProtoFields attribute : node.messages(5)) {
      Object value =
          switch ((int) attribute.number(20)) {
            case 1 -> (Object) attribute.single(2);
            case 2 -> attribute.number(3);
            case 7 -> attribute.numbers(8);
            default -> throw new AssertionError("attribute type " + attribute.number(20));
          };
      once(attributes, attribute.text(1), value);
    }
    return new NodeProto(node.text(4), node.text(3), node.texts(1), node.texts(2), attributes);
  }
}
