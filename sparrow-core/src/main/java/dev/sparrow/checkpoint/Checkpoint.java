package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.io.AtomicFolder;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.sparse.SparsityState;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;

/**
 * A saved run: a folder with {@code manifest.json} and {@code tensors.safetensors}, replaced as one.
 *
 * <p>Parameters and buffers stand under their {@code state_dict} names, so that any safetensors reader gets the network; the optimizer's
 * momentum under {@code momentum/}, masks and explored positions under {@code sparsity/}.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class Checkpoint implements AutoCloseable {

  private static final TensorFolder FORMAT = new TensorFolder("checkpoint", "manifest.json", Manifest.FORMAT);
  private static final String MOMENTUM = "momentum/";
  private static final String SPARSITY = "sparsity/";
  private static final String MASK = "mask.";

  private final Path folder;
  private final Manifest manifest;
  private final SafetensorsFile tensors;

  private Checkpoint(Path folder, Manifest manifest, SafetensorsFile tensors) {
    this.folder = folder;
    this.manifest = manifest;
    this.tensors = tensors;
  }

  /**
   * Saves a run. A crash at any moment leaves the previous checkpoint or the new one, never a mixture.
   *
   * @param folder the checkpoint's folder
   * @param content what to save
   * @throws IOException if the disk refuses; the previous checkpoint is intact then
   */
  public static void save(Path folder, CheckpointContent content) throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>(content.parameters().asMap());
    all.putAll(content.buffers().asMap());
    content.momentum().forEach((name, tensor) -> all.put(MOMENTUM + name, tensor));
    content.sparsity().tensors().forEach((name, tensor) -> all.put(SPARSITY + name, tensor));
    FORMAT.save(folder, new NamedTensors(all), content::manifest, fresh -> {});
  }

  /**
   * Whether there is a checkpoint to open.
   *
   * @param folder the checkpoint's folder
   * @return false if nothing was ever saved there
   */
  public static boolean exists(Path folder) {
    return new AtomicFolder(folder).current().isPresent();
  }

  /**
   * Opens a checkpoint and verifies its checksum.
   *
   * @param folder the checkpoint's folder
   * @return the checkpoint, to be closed by the caller
   * @throws BadInput if there is none, or it is damaged, foreign or of a newer format
   * @throws IOException if reading fails
   */
  public static Checkpoint open(Path folder) throws IOException {
    Path current = FORMAT.current(folder);
    Manifest manifest = FORMAT.readManifest(current, Manifest.class);
    return new Checkpoint(folder, manifest, FORMAT.openTensors(current, manifest.tensorsSha256(), folder));
  }

  /**
   * Checks that a run with this checkpoint goes on as it was begun.
   *
   * @param configHash hash across engines of the configuration to go on with
   * @throws BadInput if the checkpoint was saved under another one
   */
  public void checkConfig(String configHash) {
    if (!manifest.configHash().equals(configHash)) {
      throw BadInput.data("checkpoint", "one of this run (" + configHash + ")", "one of another (" + manifest.configHash() + ")", folder);
    }
  }

  /**
   * The JSON part.
   *
   * @return the manifest
   */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * The network that the manifest names, once it is known that the tensors are its own: a file never asks for more memory than it fills.
   *
   * @return its blueprint
   * @throws BadInput if there is no such network, or it has other tensors, listing every name
   */
  Blueprint blueprint() {
    try {
      Blueprint blueprint = manifest.model().blueprint();
      TensorKeys.check(tensors, networkNames(), blueprint, folder);
      return blueprint;
    } catch (BadInput e) {
      throw e.isUsage() ? e.at(folder).inData() : e;
    }
  }

  /**
   * Loads the network alone.
   *
   * @param parameters overwritten in place
   * @param buffers overwritten in place
   * @throws BadInput if they do not fit, listing every name
   * @throws IOException if reading fails
   */
  public void loadNetwork(NamedTensors parameters, NamedTensors buffers) throws IOException {
    Map<String, Tensor> targets = new LinkedHashMap<>(parameters.asMap());
    targets.putAll(buffers.asMap());
    TensorFiles.load(tensors, networkNames(), new NamedTensors(targets), folder);
  }

  /**
   * Loads the optimizer's momentum.
   *
   * @param momentum overwritten in place
   * @throws BadInput if it does not fit, listing every name
   * @throws IOException if reading fails
   */
  public void loadMomentum(NamedTensors momentum) throws IOException {
    Map<String, Tensor> targets = new LinkedHashMap<>();
    momentum.forEach((name, tensor) -> targets.put(MOMENTUM + name, tensor));
    TensorFiles.load(tensors, names(MOMENTUM), new NamedTensors(targets), folder);
  }

  /**
   * Reads the sparsity method's state.
   *
   * @return its tensors are fresh, on the CPU, owned by the caller's scope
   * @throws IOException if reading fails
   */
  public SparsityState readSparsity() throws IOException {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String name : names(SPARSITY)) {
      state.put(name.substring(SPARSITY.length()), TensorFiles.read(tensors, name));
    }
    return new SparsityState(manifest.sparsity(), new NamedTensors(state));
  }

  /**
   * Reads the masks.
   *
   * @param parameters give the order and the devices
   * @return to be closed by the caller; empty if the run had none
   * @throws IOException if reading fails
   */
  public MaskSet readMasks(NamedTensors parameters) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors state = readSparsity().tensors();
      Map<String, Tensor> masks = new LinkedHashMap<>();
      for (String name : parameters.names()) {
        if (state.names().contains(MASK + name)) {
          masks.put(name, Tensors.toDevice(state.get(MASK + name), parameters.get(name).device()));
        }
      }
      return MaskSet.copyOf(new NamedTensors(masks));
    }
  }

  private List<String> names(String prefix) {
    return tensors.names().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private List<String> networkNames() {
    return tensors.names().stream().filter(name -> !name.startsWith(MOMENTUM) && !name.startsWith(SPARSITY)).toList();
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
