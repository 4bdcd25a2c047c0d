package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Node;
import dev.sparrow.arch.Op;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Fuses the nodes of a blueprint into stages: batch norm belongs to its rectifier, a sum to its later convolution or to the rectifier
 * behind it, a bias to the batch norm behind it.
 */
final class StageCompiler {

  private final Blueprint blueprint;
  private final List<List<Node>> readers = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private int norms;

  StageCompiler(Blueprint blueprint) {
    this.blueprint = blueprint;
    for (int value = 0; value <= blueprint.nodes().size(); value++) {
      readers.add(new ArrayList<>());
    }
    blueprint.nodes().forEach(node -> node.inputs().forEach(value -> readers.get(value).add(node)));
  }

  List<Stage> compile() {
    blueprint.nodes().forEach(this::add);
    if (stages.isEmpty() || !(stages.get(stages.size() - 1) instanceof Stage.Classification)) {
      throw BadInput.data("last node", "a linear layer", last(), where());
    }
    return List.copyOf(stages);
  }

  private void add(Node node) {
    int input = node.inputs().get(0);
    require(node.id() == blueprint.nodes().size() || !readers.get(node.id()).isEmpty(), node, "a reader");
    if (node.op() instanceof Op.Conv2d) {
      addConvolution(node);
    } else if (node.op() instanceof Op.BatchNorm) {
      require(input == 0 || !(node(input).op() instanceof Op.Relu), node, "something else than a rectified value ahead of it");
      require(isSoleReader(node, Op.Relu.class) || isRectifiedSummand(node), node, "only a rectifier, or a sum ahead of one, behind it");
    } else if (node.op() instanceof Op.Relu) {
      addRectification(node);
    } else if (node.op() instanceof Op.Add) {
      addSum(node);
    } else if (node.op() instanceof Op.MaxPool) {
      stages.add(new Stage.MaxPool(input, node.id()));
    } else if (node.op() instanceof Op.GlobalAvgPool) {
      stages.add(new Stage.AveragePool(input, node.id()));
    } else if (node.op() instanceof Op.Linear linear) {
      require(readers.get(node.id()).isEmpty(), node, "to be the last node");
      stages.add(new Stage.Classification(ConvLayer.of(linear), new float[linear.out()], input, node.id()));
    }
  }

  private boolean isRectifiedSummand(Node node) {
    return isSoleReader(node, Op.Add.class) && isSoleReader(readers.get(node.id()).get(0), Op.Relu.class);
  }

  private void addConvolution(Node node) {
    boolean normed = isSoleReader(node, Op.BatchNorm.class);
    require(normed || !((Op.Conv2d) node.op()).bias(), node, "no bias, or a batch norm as its only reader");
    if (!isSummed(node)) {
      stages.add(convolution(node, OptionalInt.empty(), node.id()));
    }
  }

  /** Whether a convolution is only there to be added to something that is computed before it. */
  private boolean isSummed(Node node) {
    return isSoleReader(node, Op.Add.class) && later(readers.get(node.id()).get(0)) == node.id();
  }

  private Stage.Convolution convolution(Node node, OptionalInt residual, int output) {
    int input = node.inputs().get(0);
    ConvLayer layer = new ConvLayer((Op.Conv2d) node.op(), shape(input), node.output());
    return new Stage.Convolution(layer, input, residual, output);
  }

  private void addSum(Node node) {
    if (isSoleReader(node, Op.Relu.class) && normOf(node).isPresent()) {
      return; // the rectifier's stage has it
    }
    require(later(node) > 0 && node(later(node)).op() instanceof Op.Conv2d && isSummed(node(later(node))), node,
        "its later summand to be a convolution that nothing else reads, or a rectifier behind a sum with a batch norm");
    stages.add(convolution(node(later(node)), OptionalInt.of(Collections.min(node.inputs())), node.id()));
  }

  private void addRectification(Node node) {
    int input = node.inputs().get(0);
    require(input > 0 && readers.get(input).size() == 1, node, "to rectify a batch norm or a sum that nothing else reads");
    Node from = node(input);
    if (from.op() instanceof Op.BatchNorm) {
      stages.add(new Stage.Rectification(norm(from), from.inputs().get(0), Optional.empty(), node.id()));
      return;
    }
    require(from.op() instanceof Op.Add && normOf(from).isPresent(), node, "to rectify a batch norm, or a sum with a batch norm");
    Node main = normOf(from).get();
    int other = from.inputs().get(0) == main.id() ? from.inputs().get(1) : from.inputs().get(0);
    stages.add(new Stage.Rectification(norm(main), main.inputs().get(0), Optional.of(shortcut(other)), node.id()));
  }

  private Stage.Shortcut shortcut(int value) {
    if (value > 0 && node(value).op() instanceof Op.BatchNorm) {
      return new Stage.Shortcut(node(value).inputs().get(0), Optional.of(norm(node(value))));
    }
    return new Stage.Shortcut(value, Optional.empty());
  }

  private NormLayer norm(Node node) {
    int input = node.inputs().get(0);
    boolean biased = input > 0 && node(input).op() instanceof Op.Conv2d conv && conv.bias();
    Optional<String> bias = biased ? Optional.of(((Op.Conv2d) node(input).op()).name() + ".bias") : Optional.empty();
    return new NormLayer((Op.BatchNorm) node.op(), norms++, bias);
  }

  /** The first summand that is a batch norm. */
  private Optional<Node> normOf(Node sum) {
    return sum.inputs().stream().filter(value -> value > 0).map(this::node).filter(node -> node.op() instanceof Op.BatchNorm).findFirst();
  }

  private int later(Node sum) {
    return Collections.max(sum.inputs());
  }

  private boolean isSoleReader(Node node, Class<? extends Op> kind) {
    List<Node> all = readers.get(node.id());
    return all.size() == 1 && kind.isInstance(all.get(0).op());
  }

  private Node node(int value) {
    return blueprint.nodes().get(value - 1);
  }

  private Shape shape(int value) {
    return value == 0 ? blueprint.input() : node(value).output();
  }

  private void require(boolean fulfilled, Node node, String expected) {
    if (!fulfilled) {
      throw BadInput.data("node " + node.id() + " (" + node.op() + ")", expected, "another", where());
    }
  }

  private String last() {
    return blueprint.nodes().isEmpty() ? "none" : blueprint.nodes().get(blueprint.nodes().size() - 1).op().toString();
  }

  private String where() {
    return blueprint.name() + ", sparse engine";
  }
}
