package dev.sparrow.interop.onnx;

import dev.sparrow.io.ProtoBuffer;
import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph of ONNX, written node by node in execution order: {@code GraphProto} and its parts, numbers of fields as in {@code onnx.proto}.
 * Every value has a batch dimension ahead of its shape, whose size is free.
 */
final class OnnxGraph {

  /** Name of the batch dimension; equal names mean equal sizes. */
  static final String BATCH = "N";

  /** {@code TensorProto.DataType.FLOAT}. */
  private static final int FLOAT = 1;

  /** {@code AttributeProto.AttributeType}. */
  private static final int FLOAT_ATTRIBUTE = 1;

  private static final int INT_ATTRIBUTE = 2;
  private static final int INTS_ATTRIBUTE = 7;

  private final String name;
  private final List<ProtoBuffer> nodes = new ArrayList<>();
  private final List<ProtoBuffer> initializers = new ArrayList<>();
  private final List<ProtoBuffer> inputs = new ArrayList<>();
  private final List<ProtoBuffer> outputs = new ArrayList<>();
  private final List<ProtoBuffer> values = new ArrayList<>();

  OnnxGraph(String name) {
    this.name = name;
  }

  /** Adds a constant. */
  void constant(String constant, Shape shape, float[] numbers) {
    ProtoBuffer tensor = new ProtoBuffer();
    shape.dims().forEach(dim -> tensor.number(1, dim));
    ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    initializers.add(tensor.number(2, FLOAT).text(8, constant).bytes(9, raw));
  }

  /** Adds an operation with one result. */
  void node(String type, String node, List<String> from, String to, ProtoBuffer... attributes) {
    ProtoBuffer message = new ProtoBuffer();
    from.forEach(value -> message.text(1, value));
    message.text(2, to).text(3, node).text(4, type);
    for (ProtoBuffer attribute : attributes) {
      message.message(5, attribute);
    }
    nodes.add(message);
  }

  void input(String value, Shape shape) {
    inputs.add(described(value, shape));
  }

  void output(String value, Shape shape) {
    outputs.add(described(value, shape));
  }

  /** Says what shape an inner value has. */
  void value(String value, Shape shape) {
    values.add(described(value, shape));
  }

  private static ProtoBuffer described(String value, Shape shape) {
    ProtoBuffer dims = new ProtoBuffer().message(1, new ProtoBuffer().text(2, BATCH));
    shape.dims().forEach(dim -> dims.message(1, new ProtoBuffer().number(1, dim)));
    ProtoBuffer tensor = new ProtoBuffer().number(1, FLOAT).message(2, dims);
    return new ProtoBuffer().text(1, value).message(2, new ProtoBuffer().message(1, tensor));
  }

  static ProtoBuffer attribute(String name, float value) {
    return new ProtoBuffer().text(1, name).single(2, value).number(20, FLOAT_ATTRIBUTE);
  }

  static ProtoBuffer attribute(String name, long value) {
    return new ProtoBuffer().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
  }

  /** An attribute with the same number several times: for both sides of a square, or all its edges. */
  static ProtoBuffer attribute(String name, int times, long value) {
    ProtoBuffer attribute = new ProtoBuffer().text(1, name);
    for (int i = 0; i < times; i++) {
      attribute.number(8, value);
    }
    return attribute.number(20, INTS_ATTRIBUTE);
  }

  ProtoBuffer toProto() {
    ProtoBuffer graph = new ProtoBuffer();
    nodes.forEach(node -> graph.message(1, node));
    graph.text(2, name);
    initializers.forEach(tensor -> graph.message(5, tensor));
    inputs.forEach(input -> graph.message(11, input));
    outputs.forEach(output -> graph.message(12, output));
    values.forEach(value -> graph.message(13, value));
    return graph;
  }
}
