package dev.sparrow.engine;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.BlueprintCut;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.nn.Network;
import java.util.ArrayList;
import java.util.List;

/** Which engine computes which part of a network. */
sealed interface Placement {

  /** Everything in libtorch. */
  Placement DENSE = new Dense();

  /** Everything in the sparse engine. */
  Placement SPARSE = new Sparse();

  /** By this a file names it; unique among the placements of a network. */
  String label();

  /** In words for the log. */
  String description();

  /** Threads of libtorch meanwhile: none beside those of the sparse engine, since they keep their processors busy after their work. */
  default int libtorchThreads(EngineChoice choice) {
    return choice.threads();
  }

  /** Takes over a network, which is closed with the classifier. */
  NetworkClassifier open(Network network, Normalization normalization, EngineChoice choice);

  /** All placements of a network that leave the sparse engine something to do. */
  static List<Placement> sparseOnes(Blueprint blueprint) {
    List<Placement> all = new ArrayList<>(List.of(SPARSE));
    BlueprintCut.of(blueprint).forEach(cut -> all.add(new Split(cut)));
    return all;
  }

  /**
   * Finds a placement again.
   *
   * @throws BadInput if the network has none of this label
   */
  static Placement parse(String label, Blueprint blueprint) {
    List<Placement> all = new ArrayList<>(sparseOnes(blueprint));
    all.add(DENSE);
    return all.stream()
        .filter(placement -> placement.label().equals(label))
        .findFirst()
        .orElseThrow(() -> BadInput.data("placement", "one of " + all.stream().map(Placement::label).toList(), label, blueprint.name()));
  }

  /** Everything in libtorch. */
  record Dense() implements Placement {

    @Override
    public String label() {
      return "dense";
    }

    @Override
    public String description() {
      return "libtorch";
    }

    @Override
    public NetworkClassifier open(Network network, Normalization normalization, EngineChoice choice) {
      return new LibtorchClassifier(network, normalization, choice.precision(), choice.layout());
    }
  }

  /** Everything in the sparse engine. */
  record Sparse() implements Placement {

    @Override
    public String label() {
      return "sparse";
    }

    @Override
    public String description() {
      return "the sparse engine";
    }

    @Override
    public int libtorchThreads(EngineChoice choice) {
      return 1;
    }

    @Override
    public NetworkClassifier open(Network network, Normalization normalization, EngineChoice choice) {
      return new SparseClassifier(network, normalization, choice.sparseSettings());
    }
  }

  /**
   * The front part in libtorch, the rear part in the sparse engine.
   *
   * @param cut where the network is cut
   */
  record Split(BlueprintCut cut) implements Placement {

    @Override
    public String label() {
      return "dense before " + cut.place();
    }

    @Override
    public String description() {
      return "libtorch before " + cut.place() + ", the sparse engine from there";
    }

    @Override
    public NetworkClassifier open(Network network, Normalization normalization, EngineChoice choice) {
      return new HybridClassifier(network, cut, normalization, choice);
    }
  }
}
