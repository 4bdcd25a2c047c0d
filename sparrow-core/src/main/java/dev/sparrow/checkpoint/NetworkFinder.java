package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.NetworkSearch;
import dev.sparrow.arch.NetworkSearch.Candidate;
import dev.sparrow.config.Arch;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.TensorArchive;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the network that weights from elsewhere are of, by the names and shapes of their tensors. Loads no libtorch. */
public final class NetworkFinder {

  private static final String NETWORKS = Arrays.stream(Arch.values()).map(Arch::label).collect(Collectors.joining(", "));

  private NetworkFinder() {}

  /**
   * Finds the network of a file that does not describe it.
   *
   * @param file a PyTorch checkpoint or a safetensors file
   * @param known what is known of the network
   * @param normalization constants inside the model, if the file has none of its own
   * @return how to rebuild the network
   * @throws BadInput if the file is damaged, or not exactly one network fits: then the networks that fit are listed, or the nearest with
   *     everything that does not fit
   * @throws IOException if reading fails
   */
  public static ModelInfo find(Path file, NetworkSearch.Known known, Normalization normalization) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    List<String> opaque = new ArrayList<>();
    for (Dictionary dictionary : dictionaries(file)) {
      candidates.addAll(NetworkSearch.candidates(dictionary.network(), known));
      opaque.addAll(dictionary.opaque());
    }
    Map<String, Candidate> fitting = new LinkedHashMap<>(); // by name: the same network may stand in a checkpoint more than once
    candidates.stream().filter(Candidate::fits).forEach(candidate -> fitting.putIfAbsent(candidate.toString(), candidate));
    if (fitting.size() > 1) {
      throw BadInput.data("network of the weights", "one that fits (say which with --arch and --width)", fitting.keySet(), file);
    }
    Candidate found =
        fitting.values().stream()
            .findFirst()
            .orElseThrow(() -> BadInput.data("network of the weights", "one of " + NETWORKS, nearest(candidates, opaque), file));
    Blueprint blueprint = found.blueprint();
    return new ModelInfo(found.network(), found.density(), blueprint.numClasses(), blueprint.input().dim(1), normalization);
  }

  private static String nearest(List<Candidate> candidates, List<String> opaque) {
    String unread = opaque.isEmpty() ? "" : ", of no use " + opaque;
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> candidate.misfits().count()))
        .map(candidate -> "none; the nearest, " + candidate + ", does not fit: " + candidate.misfits() + unread)
        .orElse("widths or depths that none of them has");
  }

  /** Tensors of a file that may be a network's, and those that cannot be read. */
  private record Dictionary(Map<String, Shape> tensors, List<String> opaque) {

    Map<String, Shape> network() {
      Map<String, Shape> network = new LinkedHashMap<>(tensors);
      network.keySet().retainAll(StoredNormalization.without(tensors.keySet()));
      return network;
    }
  }

  private static List<Dictionary> dictionaries(Path file) throws IOException {
    if (PyTorchFile.recognises(file)) {
      try (PyTorchCheckpoint checkpoint = PyTorchCheckpoint.open(file)) {
        return checkpoint.candidates().stream().map(weights -> new Dictionary(weights.shapes(), weights.opaque())).toList();
      }
    }
    try (TensorArchive tensors = TensorArchive.open(file)) {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      tensors.names().forEach(name -> shapes.put(name, tensors.shape(name)));
      return List.of(new Dictionary(shapes, List.of()));
    }
  }
}
