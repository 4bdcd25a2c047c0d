package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Weights;
import dev.sparrow.io.DType;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.TensorArchive;
import dev.sparrow.io.TensorSource;
import dev.sparrow.units.Shape;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * An open file of weights and the network that they are of: as the file {@linkplain ModelCard describes} it, or else as the caller says.
 * Loads no libtorch.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class WeightsFile implements AutoCloseable {

  private final Path path;
  private final Closeable file;
  private final TensorSource tensors;
  private final Collection<String> names;
  private final ModelInfo info;
  private final Blueprint blueprint;
  private final MaskSource masks;
  private final Findings findings;

  private WeightsFile(
      Path path, Closeable file, TensorSource tensors, ModelInfo info, Blueprint blueprint, MaskSource masks, Findings findings) {
    this.path = path;
    this.file = file;
    this.tensors = tensors;
    this.names = ReferenceConstants.without(tensors.names());
    this.info = info;
    this.blueprint = blueprint;
    this.masks = masks;
    this.findings = findings;
  }

  private interface Reading<T> {
    WeightsFile of(T file) throws IOException;
  }

  /**
   * Opens a file that describes its network.
   *
   * @param path a safetensors file, sparrow-sparse file or PyTorch checkpoint that Sparrow exported
   * @return the file, to be closed by the caller
   * @throws BadInput if the file does not describe itself, is damaged or contradicts itself
   * @throws IOException if reading fails
   */
  public static WeightsFile open(Path path) throws IOException {
    if (PyTorchFile.recognises(path)) {
      return reading(PyTorchCheckpoint.open(path), checkpoint -> described(path, checkpoint, required(checkpoint.card(), path)));
    }
    return reading(TensorArchive.open(path), tensors -> described(path, tensors, required(ModelCard.read(tensors.metadata(), path), path)));
  }

  private static ModelCard required(Optional<ModelCard> card, Path path) {
    return card.orElseThrow(() -> BadInput.data("weights", "a file that describes its network", "one without a description", path));
  }

  /**
   * Opens a file, perhaps from elsewhere, with tensors under the reference's {@code state_dict} names.
   *
   * @param path a safetensors or sparrow-sparse file, or a {@linkplain PyTorchCheckpoint checkpoint} of PyTorch, whatever their names
   * @param info how to build the network, unless the file describes it; its normalisation gives way to the file's {@code normalize.mean} and
   *     {@code normalize.std}
   * @return the file, to be closed by the caller
   * @throws BadInput if the file is damaged or contradicts its description
   * @throws IOException if reading fails
   */
  public static WeightsFile open(Path path, ModelInfo info) throws IOException {
    if (PyTorchFile.recognises(path)) {
      return reading(
          PyTorchCheckpoint.open(path),
          checkpoint -> {
            Optional<ModelCard> card = checkpoint.card();
            if (card.isPresent()) {
              return described(path, checkpoint, card.get());
            }
            PyTorchWeights weights = checkpoint.weights(info.blueprint());
            return foreign(path, checkpoint, weights, info, weights, weights.findings());
          });
    }
    return reading(
        TensorArchive.open(path),
        tensors -> {
          Optional<ModelCard> card = ModelCard.read(tensors.metadata(), path);
          return card.isPresent()
              ? described(path, tensors, card.get())
              : foreign(path, tensors, tensors, info, MaskSource.NONE, findings(tensors));
        });
  }

  private static Findings findings(TensorArchive tensors) {
    return Findings.none(tensors.format(), StoredNormalization.isAmong(tensors.names()));
  }

  private static <T extends Closeable> WeightsFile reading(T file, Reading<T> reading) throws IOException {
    try {
      return reading.of(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static WeightsFile described(Path path, PyTorchCheckpoint checkpoint, ModelCard card) throws IOException {
    PyTorchWeights weights = checkpoint.weights(blueprint(card, path));
    return new WeightsFile(path, checkpoint, weights, card.model(), narrowed(path, weights, card), weights, weights.findings());
  }

  private static WeightsFile described(Path path, TensorArchive tensors, ModelCard card) throws IOException {
    Findings findings = Findings.none(tensors.format() + " with a description", true);
    return new WeightsFile(path, tensors, tensors, card.model(), narrowed(path, tensors, card), MaskSource.NONE, findings);
  }

  private static Blueprint blueprint(ModelCard card, Path path) {
    try {
      return card.model().blueprint();
    } catch (BadInput e) {
      throw e.at(path).inData();
    }
  }

  /** Holds the description against the tensors before a network is made of it, so that none asks for more memory than its tensors. */
  private static Blueprint narrowed(Path path, TensorSource tensors, ModelCard card) throws IOException {
    StoredNormalization.requireSame(tensors, card.model().normalization(), path);
    Blueprint full = blueprint(card, path);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    ReferenceConstants.without(tensors.names()).forEach(name -> shapes.put(name, tensors.shape(name)));
    Blueprint narrowed;
    try {
      narrowed = full.narrowedTo(shapes);
    } catch (BadInput e) {
      throw e.at(path).inData();
    }
    if (!card.compact() && !narrowed.equals(full)) {
      throw BadInput.data("weights", "those of the whole " + full.name(), "those of a narrower one", path);
    }
    return narrowed;
  }

  private static WeightsFile foreign(
      Path path, Closeable file, TensorSource tensors, ModelInfo info, MaskSource masks, Findings findings) throws IOException {
    boolean normalized = StoredNormalization.isAmong(tensors.names());
    ModelInfo own = normalized ? info.with(StoredNormalization.read(tensors)) : info;
    return new WeightsFile(path, file, tensors, own, own.blueprint(), masks, findings);
  }

  /** A float32 tensor's values, row-major. */
  static float[] floats(TensorSource tensors, String name) throws IOException {
    if (tensors.dtype(name) != DType.F32) {
      throw BadInput.data("type of tensor", DType.F32, tensors.dtype(name), name);
    }
    float[] floats = new float[Math.toIntExact(tensors.shape(name).size())];
    tensors.get(name).data().asFloatBuffer().get(floats);
    return floats;
  }

  /**
   * How the network is rebuilt.
   *
   * @return the file's own description, or the caller's with the file's normalisation
   */
  public ModelInfo info() {
    return info;
  }

  /**
   * The network.
   *
   * @return its blueprint, with the channels that the file has
   */
  public Blueprint blueprint() {
    return blueprint;
  }

  /**
   * The masks beside the weights.
   *
   * @return none for anything but a masked PyTorch checkpoint
   */
  public MaskSource masks() {
    return masks;
  }

  /**
   * What else the file has.
   *
   * @return facts of a PyTorch checkpoint, where they stood and how they were stored
   */
  public Findings findings() {
    return findings;
  }

  /**
   * Reads the network's numbers.
   *
   * @return arrays of the caller
   * @throws BadInput listing every missing, unexpected and mis-shaped tensor at once
   * @throws IOException if reading fails
   */
  public Weights read() throws IOException {
    TensorKeys.check(tensors, names, blueprint, path);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String name : Weights.needed(blueprint).keySet()) {
      values.put(name, floats(tensors, name));
    }
    return new Weights(blueprint, values);
  }

  /** The tensors of the network, as {@link TensorFiles} takes them. */
  TensorSource tensors() {
    return tensors;
  }

  /** Names of the tensors that are the network's. */
  Collection<String> names() {
    return names;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
