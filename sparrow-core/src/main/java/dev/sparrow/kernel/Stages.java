package dev.sparrow.kernel;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A network as the engine runs it: stages in execution order, and the planes of their values. */
record Stages(List<Stage> list, List<Plane> planes) {

  /**
   * Fuses the nodes of a blueprint.
   *
   * @throws dev.sparrow.BadInput naming a node that the engine does not know, or not in this place
   */
  static Stages of(Blueprint blueprint) {
    Stream<Plane> inner = blueprint.nodes().stream().map(Node::output).map(Plane::of);
    List<Plane> planes = Stream.concat(Stream.of(Plane.of(blueprint.input())), inner).toList();
    return new Stages(new StageCompiler(blueprint).compile(), planes);
  }

  /** The plane of a value. */
  Plane plane(int value) {
    return planes.get(value);
  }

  /** How many times stages read a value. */
  int readers(int value) {
    return (int) list.stream().flatMap(stage -> stage.inputs().stream()).filter(input -> input == value).count();
  }

  /** The last stage. */
  Stage.Classification head() {
    return (Stage.Classification) list.get(list.size() - 1);
  }

  /** Convolutions and the linear layer. */
  List<ConvLayer> convolutions() {
    return list.stream().flatMap(Stages::convolution).toList();
  }

  private static Stream<ConvLayer> convolution(Stage stage) {
    if (stage instanceof Stage.Convolution convolution) {
      return Stream.of(convolution.layer());
    }
    return stage instanceof Stage.Classification head ? Stream.of(head.layer()) : Stream.empty();
  }

  /** Batch norms by their index. */
  List<NormLayer> norms() {
    Stream<Integer> values = IntStream.range(0, planes.size()).boxed();
    return values.flatMap(value -> normsOf(value).stream()).sorted(Comparator.comparingInt(NormLayer::index)).toList();
  }

  /** Batch norms that read a value; all see the same moments. */
  List<NormLayer> normsOf(int value) {
    return rectifications().flatMap(stage -> normsOf(stage, value)).toList();
  }

  private static Stream<NormLayer> normsOf(Stage.Rectification stage, int value) {
    Stream<NormLayer> main = stage.input() == value ? Stream.of(stage.norm()) : Stream.empty();
    Optional<NormLayer> other = stage.shortcut().filter(shortcut -> shortcut.value() == value).flatMap(Stage.Shortcut::norm);
    return Stream.concat(main, other.stream());
  }

  /** The stage without a shortcut that rectifies a value, if there is exactly one. */
  Optional<Stage.Rectification> plainRectificationOf(int value) {
    List<Stage.Rectification> all =
        rectifications().filter(stage -> stage.input() == value && stage.shortcut().isEmpty()).toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** The stage whose rectifier makes a value, if one does. */
  Optional<Stage.Rectification> rectificationTo(int value) {
    return rectifications().filter(stage -> stage.output() == value).findFirst();
  }

  /** Whether a maximum is taken of a value. */
  boolean isPooled(int value) {
    return list.stream().anyMatch(stage -> stage instanceof Stage.MaxPool pool && pool.input() == value);
  }

  /** Whether a layer with weights reads a value. */
  boolean isConvolved(int value) {
    return list.stream().anyMatch(stage ->
        stage instanceof Stage.Convolution convolution && convolution.input() == value
            || stage instanceof Stage.Classification head && head.input() == value);
  }

  private Stream<Stage.Rectification> rectifications() {
    return list.stream().filter(Stage.Rectification.class::isInstance).map(Stage.Rectification.class::cast);
  }
}
