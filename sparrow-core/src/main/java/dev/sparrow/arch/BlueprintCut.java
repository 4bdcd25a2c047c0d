package dev.sparrow.arch;

import dev.sparrow.arch.Op.Relu;
import dev.sparrow.units.Shape;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A network in two parts that meet in a single value, the seam: front computes it from the images, rear computes the logits from it. So two
 * engines can share a network, each with a part of its own.
 *
 * <p>Both parts keep the names of parameters and running statistics, and their order; their values are numbered anew.
 *
 * @param front from the images to the seam. Its last value is an inner value of the network, not logits
 * @param rear from the seam, which is its input, to the logits
 */
public record BlueprintCut(Blueprint front, Blueprint rear) {

  /**
   * All places where a network may be cut: no other value that was computed before is read later, and both parts have weights. Of several
   * such places between the same two layers with weights it is the one with the smallest value, the first of these. A rectifier stays with
   * what it rectifies, since engines compute both at once.
   *
   * <p>These are the places between the blocks of a residual network, and between all layers of one without shortcuts.
   *
   * @param blueprint the network
   * @return its cuts, from the images to the logits; empty for a network of one layer
   */
  public static List<BlueprintCut> of(Blueprint blueprint) {
    Map<Integer, Node> seams = new LinkedHashMap<>();
    int weights = 0;
    for (Node node : blueprint.nodes()) {
      weights += node.op() instanceof Op.Conv2d || node.op() instanceof Op.Linear ? 1 : 0;
      if (mayBeSeam(blueprint, node)) {
        seams.merge(weights, node, (first, next) -> next.output().size() < first.output().size() ? next : first);
      }
    }
    seams.keySet().retainAll(IntStream.range(1, weights).boxed().toList());
    return seams.values().stream().map(seam -> at(blueprint, seam)).toList();
  }

  /**
   * Where the network is cut, in words that are unique among its cuts.
   *
   * @return name of the first layer of the rear part
   */
  public String place() {
    String parameter = rear.parameters().keySet().iterator().next();
    return parameter.substring(0, parameter.lastIndexOf('.'));
  }

  /**
   * What passes from one part to the other.
   *
   * @return shape of the seam for one image: channels, height and width
   */
  public Shape seam() {
    return rear.input();
  }

  private static boolean mayBeSeam(Blueprint blueprint, Node seam) {
    List<Node> later = blueprint.nodes().subList(seam.id(), blueprint.nodes().size());
    boolean readsOthers = later.stream().flatMap(node -> node.inputs().stream()).anyMatch(id -> id < seam.id());
    boolean rectified = later.stream().anyMatch(node -> node.op() instanceof Relu && node.inputs().contains(seam.id()));
    return seam.output().rank() == 3 && !readsOthers && !rectified;
  }

  private static BlueprintCut at(Blueprint blueprint, Node seam) {
    List<Node> nodes = blueprint.nodes();
    List<Node> rear =
        nodes.subList(seam.id(), nodes.size()).stream().map(node -> renumbered(node, seam.id())).toList();
    return new BlueprintCut(
        part(blueprint, blueprint.input(), nodes.subList(0, seam.id())), part(blueprint, seam.output(), rear));
  }

  private static Node renumbered(Node node, int by) {
    return new Node(node.id() - by, node.op(), node.inputs().stream().map(id -> id - by).toList(), node.output());
  }

  private static Blueprint part(Blueprint whole, Shape input, List<Node> nodes) {
    return new Blueprint(
        whole.name(),
        input,
        whole.numClasses(),
        nodes,
        whole.initialization(),
        only(whole.parameters(), nodes, Op::parameters),
        only(whole.buffers(), nodes, Op::buffers));
  }

  private static Map<String, Shape> only(Map<String, Shape> tensors, List<Node> nodes, Function<Op, Map<String, Shape>> owned) {
    Set<String> names = new HashSet<>();
    nodes.forEach(node -> names.addAll(owned.apply(node.op()).keySet()));
    Map<String, Shape> part = new LinkedHashMap<>(tensors);
    part.keySet().retainAll(names);
    return Collections.unmodifiableMap(part);
  }
}
