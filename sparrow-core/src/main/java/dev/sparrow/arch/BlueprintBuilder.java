package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Op.Add;
import dev.sparrow.arch.Op.BatchNorm;
import dev.sparrow.arch.Op.Conv2d;
import dev.sparrow.arch.Op.GlobalAvgPool;
import dev.sparrow.arch.Op.Linear;
import dev.sparrow.arch.Op.MaxPool;
import dev.sparrow.arch.Op.Relu;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Writes a {@link Blueprint} down node by node, infers shapes and checks that they fit.
 *
 * <p>Parameters and buffers are registered in the order of the calls. The reference declares the layers of a block in the order in which it
 * runs them, its shortcut last; so a network that calls this builder in the reference's order of declaration has its
 * {@code named_parameters()} order, and the same calls are a valid order of execution, since a shortcut only needs the block's input.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class BlueprintBuilder {

  private static final int COLOURS = 3;

  private final String name;
  private final Value image;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Shape> parameters = new LinkedHashMap<>();
  private final Map<String, Shape> buffers = new LinkedHashMap<>();
  private Initialization initialization = Initialization.UNIFORM;

  /**
   * A value of the network under construction.
   *
   * @param id its number; 0 is the normalised image
   * @param shape its shape for one image
   */
  public record Value(int id, Shape shape) {

    /**
     * The leading dimension.
     *
     * @return channels of a feature map, length of a vector
     */
    public int channels() {
      return shape.dim(0);
    }
  }

  /**
   * Starts a network.
   *
   * @param name for example {@code resnet18}
   * @param imageSize side of its square images
   */
  public BlueprintBuilder(String name, int imageSize) {
    this.name = name;
    this.image = new Value(0, Shape.of(COLOURS, imageSize, imageSize));
  }

  /**
   * Chooses how the parameters start; {@link Initialization#UNIFORM} unless said otherwise.
   *
   * @param start the way
   */
  public void initialize(Initialization start) {
    initialization = start;
  }

  /**
   * The normalised image.
   *
   * @return value 0
   */
  public Value image() {
    return image;
  }

  /**
   * Adds a convolution without bias that is padded to keep the size at stride 1.
   *
   * @param layer module name
   * @param from its input
   * @param out output channels
   * @param kernel side of the kernel, odd
   * @param stride step
   * @return its value
   */
  public Value conv(String layer, Value from, int out, int kernel, int stride) {
    return append(new Conv2d(layer, from.channels(), out, kernel, stride, kernel / 2, false), from);
  }

  /**
   * Adds a convolution with bias and stride 1 that is padded to keep the size.
   *
   * @param layer module name
   * @param from its input
   * @param out output channels
   * @param kernel side of the kernel, odd
   * @return its value
   */
  public Value convWithBias(String layer, Value from, int out, int kernel) {
    return append(new Conv2d(layer, from.channels(), out, kernel, 1, kernel / 2, true), from);
  }

  /**
   * Adds a batch normalisation.
   *
   * @param layer module name
   * @param from its input
   * @return its value
   */
  public Value batchNorm(String layer, Value from) {
    return append(new BatchNorm(layer, from.channels()), from);
  }

  /**
   * Adds a batch normalisation and a rectifier.
   *
   * @param layer module name of the normalisation
   * @param from its input
   * @return the rectified value
   */
  public Value batchNormRelu(String layer, Value from) {
    return relu(batchNorm(layer, from));
  }

  /**
   * Adds a rectifier.
   *
   * @param from its input
   * @return its value
   */
  public Value relu(Value from) {
    return append(new Relu(), from);
  }

  /**
   * Adds a sum.
   *
   * @param left one summand
   * @param right the other, of the same shape
   * @return its value
   */
  public Value add(Value left, Value right) {
    return append(new Add(), left, right);
  }

  /**
   * Adds a maximum over non-overlapping squares.
   *
   * @param from its input
   * @param kernel side of the squares
   * @return its value
   */
  public Value maxPool(Value from, int kernel) {
    return append(new MaxPool(kernel), from);
  }

  /**
   * Adds a mean over all positions.
   *
   * @param from its input
   * @return a vector with one element per channel
   */
  public Value globalAvgPool(Value from) {
    return append(new GlobalAvgPool(), from);
  }

  /**
   * Adds a fully connected layer.
   *
   * @param layer module name
   * @param from its input, a vector
   * @param out outputs
   * @return its value
   */
  public Value linear(String layer, Value from, int out) {
    return append(new Linear(layer, from.channels(), out), from);
  }

  /**
   * Adds any operation.
   *
   * @param op the operation
   * @param inputs its inputs, values of this builder
   * @return its value
   * @throws BadInput if the inputs do not fit the operation, or if a layer of its name exists
   */
  public Value append(Op op, Value... inputs) {
    Shape shape = op.output(Stream.of(inputs).map(Value::shape).toList());
    op.parameters().forEach((parameter, size) -> register(parameters, parameter, size));
    op.buffers().forEach((buffer, size) -> register(buffers, buffer, size));
    Node node = new Node(nodes.size() + 1, op, Stream.of(inputs).map(Value::id).toList(), shape);
    nodes.add(node);
    return new Value(node.id(), shape);
  }

  /**
   * Ends the network; its last value is the logits.
   *
   * @return the blueprint
   * @throws BadInput if the last value is not a vector
   */
  public Blueprint build() {
    Shape logits = nodes.isEmpty() ? image.shape() : nodes.get(nodes.size() - 1).output();
    if (logits.rank() != 1) {
      throw BadInput.data("logits", "a vector", logits, name);
    }
    return new Blueprint(name, image.shape(), logits.dim(0), nodes, initialization, parameters, buffers);
  }

  private void register(Map<String, Shape> registry, String tensor, Shape shape) {
    if (registry.put(tensor, shape) != null) {
      throw BadInput.data("layer name", "one that is not taken", tensor, name);
    }
  }
}
