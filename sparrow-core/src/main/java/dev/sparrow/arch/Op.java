package dev.sparrow.arch;

import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * One operation of a network, with its shape inference and the tensors it owns. Layers with parameters carry the reference's module name,
 * so that {@code name + ".weight"} is the key in its state_dict.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public sealed interface Op {

  /**
   * The shape of the operation's value for one image.
   *
   * @param inputs shapes of its inputs, without the batch dimension
   * @return shape of its value, without the batch dimension
   * @throws dev.sparrow.BadInput if the inputs do not fit
   */
  Shape output(List<Shape> inputs);

  /**
   * The trainable tensors it owns.
   *
   * @return full name to shape, in registration order
   */
  default Map<String, Shape> parameters() {
    return Map.of();
  }

  /**
   * The tensors it keeps but does not train.
   *
   * @return full name to shape, in registration order
   */
  default Map<String, Shape> buffers() {
    return Map.of();
  }

  /**
   * A 2-D convolution with square kernel and zero padding.
   *
   * @param name module name
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel
   * @param stride step in both directions
   * @param padding zeros on every side
   * @param bias whether it adds a bias
   */
  record Conv2d(String name, int in, int out, int kernel, int stride, int padding, boolean bias) implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
      Shape image = Inputs.image(inputs, in, name);
      return Shape.of(out, side(image.dim(1)), side(image.dim(2)));
    }

    private int side(int inputSide) {
      int reach = Inputs.atLeast("input side with padding", kernel, inputSide + 2 * padding, name) - kernel;
      return reach / stride + 1;
    }

    /** The weight [out, in, kernel, kernel] and, if there is one, the bias [out]. */
    @Override
    public Map<String, Shape> parameters() {
      Map<String, Shape> parameters = new LinkedHashMap<>();
      parameters.put(name + ".weight", Shape.of(out, in, kernel, kernel));
      if (bias) {
        parameters.put(name + ".bias", Shape.of(out));
      }
      return Collections.unmodifiableMap(parameters);
    }
  }

  /**
   * Batch normalisation, epsilon 1e-5, momentum 0.1.
   *
   * @param name module name
   * @param channels number of channels
   */
  record BatchNorm(String name, int channels) implements Op {

    /** What is added to a variance before its root is taken. */
    public static final double EPSILON = 1e-5;

    @Override
    public Shape output(List<Shape> inputs) {
      return Inputs.image(inputs, channels, name);
    }

    /** The scale ("weight") and the shift ("bias"), [channels] each. */
    @Override
    public Map<String, Shape> parameters() {
      Map<String, Shape> parameters = new LinkedHashMap<>();
      parameters.put(name + ".weight", Shape.of(channels));
      parameters.put(name + ".bias", Shape.of(channels));
      return Collections.unmodifiableMap(parameters);
    }

    /** Running mean and variance, [channels] each, and the scalar number of batches seen. */
    @Override
    public Map<String, Shape> buffers() {
      Map<String, Shape> buffers = new LinkedHashMap<>();
      buffers.put(name + ".running_mean", Shape.of(channels));
      buffers.put(name + ".running_var", Shape.of(channels));
      buffers.put(name + ".num_batches_tracked", Shape.of());
      return Collections.unmodifiableMap(buffers);
    }
  }

  /**
   * A fully connected layer with bias.
   *
   * @param name module name
   * @param in inputs
   * @param out outputs
   */
  record Linear(String name, int in, int out) implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
      Inputs.same(Shape.of(in), Inputs.only(inputs, name), name);
      return Shape.of(out);
    }

    /** The weight [out, in] and the bias [out]. */
    @Override
    public Map<String, Shape> parameters() {
      Map<String, Shape> parameters = new LinkedHashMap<>();
      parameters.put(name + ".weight", Shape.of(out, in));
      parameters.put(name + ".bias", Shape.of(out));
      return Collections.unmodifiableMap(parameters);
    }
  }

  /** max(x, 0). */
  record Relu() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
      return Inputs.only(inputs, "relu");
    }
  }

  /** Sum of two inputs of the same shape. */
  record Add() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
      Inputs.count(2, inputs, "add");
      return Inputs.same(inputs.get(0), inputs.get(1), "add");
    }
  }

  /**
   * Maximum over non-overlapping squares.
   *
   * @param kernel side and stride
   */
  record MaxPool(int kernel) implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
      Shape image = Inputs.image(inputs, "max pool");
      return Shape.of(image.dim(0), side(image.dim(1)), side(image.dim(2)));
    }

    private int side(int inputSide) {
      return Inputs.multipleOf(kernel, inputSide, "max pool") / kernel;
    }
  }

  /** Mean over all positions; [N, C, H, W] to [N, C]. */
  record GlobalAvgPool() implements Op {

    @Override
    public Shape output(List<Shape> inputs) {
      return Shape.of(Inputs.image(inputs, "global average pool").dim(0));
    }
  }
}
