package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.config.Arch;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.units.Density;
import dev.sparrow.units.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Finds the network that tensors are of by their names and shapes: every architecture is tried, with the width that the first convolution
 * has, the classes that the last layer has and, for a WideResNet, the depth and widening that its blocks have. Batch counters do not count,
 * since older files have none.
 */
public final class NetworkSearch {

  /** Of the networks whose first convolution and last layer are looked at; any will do. */
  private static final int PROBE_WIDTH = 64;

  private static final int PROBE_CLASSES = 10;

  private static final int DEFAULT_IMAGE_SIZE = 32;

  private static final String WIDE_BLOCK = "block1.layer.";
  private static final String WIDE_CONV = ".conv1.weight";
  private static final int LAYERS_PER_BLOCK = 6;
  private static final int OTHER_LAYERS = 4;

  private final Map<String, Shape> tensors;
  private final Known known;

  private NetworkSearch(Map<String, Shape> tensors, Known known) {
    this.tensors = ranked(tensors);
    this.known = known;
  }

  /**
   * What is known beforehand. What is empty is read off the tensors.
   *
   * @param arch the architecture
   * @param width base channels
   * @param depthFactor depth of a WideResNet
   * @param widthFactor widening factor of a WideResNet
   * @param density budget of a SmallDense; without it the paper's are tried
   * @param numClasses number of logits
   * @param imageSize side of the images in pixels, which no tensor tells; 32 without it
   */
  @API(status = API.Status.MAINTAINED, since = "0.1")
  public record Known(
      Optional<Arch> arch,
      Optional<Integer> width,
      Optional<Integer> depthFactor,
      Optional<Integer> widthFactor,
      Optional<Density> density,
      Optional<Integer> numClasses,
      Optional<Integer> imageSize) {

    /** Everything is to be found. */
    public static final Known NOTHING =
        new Known(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * A network that it may be.
   *
   * @param network architecture and widths
   * @param density budget of a SmallDense, 1 for the others
   * @param blueprint the network
   * @param misfits in what the tensors differ from the network's
   */
  public record Candidate(NetworkConfig network, Density density, Blueprint blueprint, Misfits misfits) {

    /**
     * Whether it is the network.
     *
     * @return true if names and shapes agree
     */
    public boolean fits() {
      return misfits.count() == 0;
    }

    /** For example {@code resnet18 of width 64 with 10 classes}. */
    @Override
    public String toString() {
      return blueprint.name() + " of width " + network.width() + " with " + blueprint.numClasses() + " classes";
    }
  }

  /**
   * Tries every network.
   *
   * @param tensors name to shape, without what is no part of a network, such as a normalisation
   * @param known what is known beforehand
   * @return one candidate per architecture that can be built so, the nearest first
   */
  public static List<Candidate> candidates(Map<String, Shape> tensors, Known known) {
    NetworkSearch search = new NetworkSearch(tensors, known);
    List<Candidate> candidates = new ArrayList<>();
    for (Arch arch : Arch.values()) {
      if (known.arch().orElse(arch) == arch) {
        search.densities(arch).forEach(density -> search.candidate(arch, density).ifPresent(candidates::add));
      }
    }
    candidates.sort(Comparator.comparingInt(candidate -> candidate.misfits().count()));
    return candidates;
  }

  private static int imageSize(Known known) {
    return known.imageSize().orElse(DEFAULT_IMAGE_SIZE);
  }

  private List<Density> densities(Arch arch) {
    if (arch != Arch.SMALLDENSE) {
      return List.of(Density.DENSE);
    }
    return known.density().map(List::of).orElse(Widths.smallDenseDensities());
  }

  private Optional<Candidate> candidate(Arch arch, Density density) {
    try {
      NetworkConfig network = network(arch);
      Blueprint blueprint = Blueprints.create(network, numClasses(arch), imageSize(known), density);
      return Optional.of(new Candidate(network, density, blueprint, Misfits.of(ranked(blueprint.tensors()), tensors)));
    } catch (BadInput e) {
      return Optional.empty(); // widths or depths that no network has
    }
  }

  private NetworkConfig network(Arch arch) {
    NetworkConfig probe = probe(arch);
    return new NetworkConfig(
        arch,
        known.width().orElseGet(() -> width(arch)),
        known.depthFactor().orElseGet(() -> arch == Arch.WIDERESNET ? depthFactor() : probe.depthFactor()),
        known.widthFactor().orElseGet(() -> arch == Arch.WIDERESNET ? widthFactor() : probe.widthFactor()));
  }

  private static NetworkConfig probe(Arch arch) {
    return new NetworkConfig(arch, PROBE_WIDTH, NetworkConfig.DEFAULT.depthFactor(), NetworkConfig.DEFAULT.widthFactor());
  }

  private static List<Map.Entry<String, Shape>> probeLayers(Arch arch) {
    return List.copyOf(Blueprints.create(probe(arch), PROBE_CLASSES, DEFAULT_IMAGE_SIZE, Density.DENSE).prunable().entrySet());
  }

  /** In proportion to the first convolution's channels; SmallDense scales them, so its width is the published one. */
  private int width(Arch arch) {
    Map.Entry<String, Shape> stem = probeLayers(arch).get(0);
    if (arch == Arch.SMALLDENSE || !tensors.containsKey(stem.getKey())) {
      return PROBE_WIDTH;
    }
    return Math.multiplyExact(PROBE_WIDTH / stem.getValue().dim(0), Math.min(tensors.get(stem.getKey()).dim(0), Short.MAX_VALUE));
  }

  private int numClasses(Arch arch) {
    List<Map.Entry<String, Shape>> layers = probeLayers(arch);
    String head = layers.get(layers.size() - 1).getKey();
    return known.numClasses().orElseGet(() -> tensors.containsKey(head) ? tensors.get(head).dim(0) : PROBE_CLASSES);
  }

  private int depthFactor() {
    long blocks = tensors.keySet().stream().filter(name -> name.startsWith(WIDE_BLOCK) && name.endsWith(WIDE_CONV)).count();
    return LAYERS_PER_BLOCK * Math.max(1, (int) blocks) + OTHER_LAYERS;
  }

  private int widthFactor() {
    String first = WIDE_BLOCK + 0 + WIDE_CONV;
    String stem = probeLayers(Arch.WIDERESNET).get(0).getKey();
    if (!tensors.containsKey(first) || !tensors.containsKey(stem) || tensors.get(stem).dim(0) == 0) {
      return 1;
    }
    return Math.max(1, tensors.get(first).dim(0) / tensors.get(stem).dim(0));
  }

  private static Map<String, Shape> ranked(Map<String, Shape> tensors) {
    Map<String, Shape> ranked = new LinkedHashMap<>(tensors);
    ranked.values().removeIf(shape -> shape.rank() == 0);
    return ranked;
  }
}
