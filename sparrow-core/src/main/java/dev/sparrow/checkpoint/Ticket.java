package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.io.AtomicFolder;
import dev.sparrow.io.DType;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.mask.Mask;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * Masks and weights worth training, as an artefact of its own: a folder with {@code ticket.json} and {@code tensors.safetensors},
 * replaced as one; with {@code distances.png} when an early-bird training found it.
 *
 * <p>Parameters and buffers stand under their {@code state_dict} names with the masks applied, so that any safetensors reader gets the
 * sparse network; masks are boolean, under {@code mask.<parameter>}.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Ticket implements AutoCloseable {

  /** The picture of the search, where there is one. */
  public static final String DISTANCES = "distances.png";

  private static final TensorFolder FORMAT = new TensorFolder("ticket", "ticket.json", TicketManifest.FORMAT);
  private static final String MASK = "mask.";

  private final Path folder;
  private final TicketManifest manifest;
  private final SafetensorsFile tensors;

  private Ticket(Path folder, TicketManifest manifest, SafetensorsFile tensors) {
    this.folder = folder;
    this.manifest = manifest;
    this.tensors = tensors;
  }

  /**
   * Saves a ticket. A crash at any moment leaves the previous one or the new one, never a mixture.
   *
   * @param folder the ticket's folder
   * @param content what to save
   * @throws IOException if the disk refuses; the previous ticket is intact then
   */
  public static void save(Path folder, TicketContent content) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> all = new LinkedHashMap<>(content.parameters().asMap());
      content.masks().tensors().forEach((name, mask) -> all.computeIfPresent(name, (same, weight) -> weight.mul(mask)));
      all.putAll(content.buffers().asMap());
      content.masks().tensors().forEach((name, mask) -> all.put(MASK + name, mask));
      FORMAT.save(
          folder,
          new NamedTensors(all),
          content::manifest,
          fresh -> {
            if (content.distances().filter(Files::isRegularFile).isPresent()) {
              Files.copy(content.distances().get(), fresh.resolve(DISTANCES));
            }
          });
    }
  }

  /**
   * Whether there is a ticket to open.
   *
   * @param folder the ticket's folder
   * @return false if nothing was ever saved there, or something else
   */
  public static boolean exists(Path folder) {
    return new AtomicFolder(folder).current().filter(current -> Files.isRegularFile(current.resolve(FORMAT.manifest()))).isPresent();
  }

  /**
   * Copies a ticket.
   *
   * @param from a ticket's folder
   * @param to where the copy goes; replaced as one if it exists
   * @throws BadInput if there is no sound ticket
   * @throws IOException if reading or writing fails
   */
  public static void copy(Path from, Path to) throws IOException {
    Path current = FORMAT.current(from);
    new AtomicFolder(to)
        .replace(
            fresh -> {
              for (String name : List.of(FORMAT.manifest(), TensorFolder.TENSORS)) { // nothing but what a ticket has
                if (Files.isRegularFile(current.resolve(name))) {
                  Files.copy(current.resolve(name), fresh.resolve(name));
                }
              }
              if (Files.isRegularFile(current.resolve(DISTANCES), LinkOption.NOFOLLOW_LINKS)) { // nobody checks what a link leads to
                Files.copy(current.resolve(DISTANCES), fresh.resolve(DISTANCES));
              }
              open(fresh).close(); // the copy, since the original may have been replaced meanwhile
            });
  }

  /**
   * Opens a ticket, verifies its checksum and checks that its tensors are those of the network that it names.
   *
   * @param folder the ticket's folder
   * @return the ticket, to be closed by the caller
   * @throws BadInput if there is none, or it is damaged, foreign or of a newer format
   * @throws IOException if reading fails
   */
  public static Ticket open(Path folder) throws IOException {
    Path current = FORMAT.current(folder);
    TicketManifest manifest = FORMAT.readManifest(current, TicketManifest.class);
    SafetensorsFile tensors = FORMAT.openTensors(current, manifest.tensorsSha256(), folder);
    try {
      Ticket ticket = new Ticket(folder, manifest, tensors);
      ticket.checkTensors();
      return ticket;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  /** The tensors must be those of the network, all of them and nothing else, and every mask that of a parameter. */
  private void checkTensors() {
    Map<String, Shape> network = networkShapes();
    List<String> faults = new ArrayList<>();
    network.keySet().stream().filter(name -> !tensors.names().contains(name)).forEach(name -> faults.add("no " + name));
    for (String name : tensors.names()) {
      boolean mask = name.startsWith(MASK);
      String of = mask ? name.substring(MASK.length()) : name;
      Shape got = tensors.entry(name).shape();
      if (!network.containsKey(of)) {
        faults.add("unknown " + name);
      } else if (!network.get(of).equals(got)) {
        faults.add(name + " of shape " + got + " instead of " + network.get(of));
      }
      if (mask != (tensors.entry(name).dtype() == DType.BOOL)) {
        faults.add(name + (mask ? " not boolean" : " boolean"));
      }
    }
    TreeSet<String> layers = new TreeSet<>(maskedNames());
    layers.removeIf(name -> tensors.entry(MASK + name).shape().rank() < 2); // masks of batch norm and biases do not count
    if (!new TreeSet<>(manifest.layers().keySet()).equals(layers)) {
      faults.add("masks other than those of " + FORMAT.manifest());
    }
    if (!faults.isEmpty()) {
      throw BadInput.data("tensors of the ticket", "those of its network and their masks", String.join(", ", faults), folder);
    }
  }

  private Map<String, Shape> networkShapes() {
    ModelInfo model = manifest.model();
    try {
      Blueprint blueprint = Blueprints.create(model.network(), model.numClasses(), model.imageSize(), model.density());
      Map<String, Shape> shapes = new LinkedHashMap<>(blueprint.parameters());
      shapes.putAll(blueprint.buffers());
      return shapes;
    } catch (BadInput e) {
      throw e.at(folder).inData();
    }
  }

  /**
   * The JSON part.
   *
   * @return the manifest
   */
  public TicketManifest manifest() {
    return manifest;
  }

  /**
   * Checks that the ticket is one of a network.
   *
   * @param model the network
   * @throws BadInput if it is of another, listing what differs
   */
  public void checkModel(ModelInfo model) {
    List<String> differences = model.differences(manifest.model());
    if (!differences.isEmpty()) {
      throw BadInput.data("network of the ticket", "the one to train", String.join(", ", differences), folder);
    }
  }

  /**
   * Loads the weights and running statistics.
   *
   * @param parameters overwritten in place; inactive weights are zero
   * @param buffers overwritten in place
   * @throws BadInput if they do not fit, listing every name
   * @throws IOException if reading fails
   */
  public void loadNetwork(NamedTensors parameters, NamedTensors buffers) throws IOException {
    Map<String, Tensor> targets = new LinkedHashMap<>(parameters.asMap());
    targets.putAll(buffers.asMap());
    List<String> names = tensors.names().stream().filter(name -> !name.startsWith(MASK)).toList();
    TensorFiles.load(tensors, names, new NamedTensors(targets), folder);
  }

  /**
   * Reads the masks.
   *
   * @param parameters give the order and the devices
   * @return to be closed by the caller
   * @throws BadInput if their densities are not those of {@code ticket.json}
   * @throws IOException if reading fails
   */
  public MaskSet readMasks(NamedTensors parameters) throws IOException {
    Map<String, Mask> masks = new LinkedHashMap<>();
    List<String> masked = maskedNames();
    try (TensorScope scope = TensorScope.open()) {
      for (String name : parameters.names()) {
        if (masked.contains(name)) {
          masks.put(name, Mask.copyOf(Tensors.toDevice(TensorFiles.read(tensors, MASK + name), parameters.get(name).device())));
        }
      }
    }
    MaskSet set = new MaskSet(masks);
    Map<String, Double> densities = set.densities();
    if (!densities.equals(manifest.layers())) {
      set.close();
      throw BadInput.data("masks of the ticket", "densities " + manifest.layers(), densities, folder);
    }
    return set;
  }

  private List<String> maskedNames() {
    return tensors.names().stream().filter(name -> name.startsWith(MASK)).map(name -> name.substring(MASK.length())).toList();
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
