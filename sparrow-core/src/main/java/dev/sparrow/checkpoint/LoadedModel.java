package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.report.RunFolder;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A classifier with weights from a file, or fresh ones. Owns the classifier.
 *
 * @param info how it was rebuilt
 * @param blueprint what it is built from
 * @param model the classifier, in evaluation mode
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record LoadedModel(ModelInfo info, Blueprint blueprint, NetworkClassifier model) implements AutoCloseable {

  /** Of weights that are drawn only to be overwritten. */
  private static final Seed UNUSED = new Seed(0);

  /**
   * Loads the network of a run that its validation images chose, to be computed by libtorch in float32.
   *
   * @param run the run folder
   * @return the classifier, to be closed by the caller
   * @throws BadInput if the folder holds no run, or the run has saved no such network yet
   * @throws IOException if reading fails
   */
  public static LoadedModel fromRun(Path run) throws IOException {
    return fromCheckpoint(RunFolder.existing(run).bestRobustCheckpoint(), EngineChoice.EXACT);
  }

  /**
   * Loads the network of a checkpoint.
   *
   * @param folder the checkpoint's folder
   * @param engine what computes it
   * @return the classifier, to be closed by the caller
   * @throws BadInput if there is no sound checkpoint
   * @throws IOException if reading fails
   */
  public static LoadedModel fromCheckpoint(Path folder, EngineChoice engine) throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      LoadedModel loaded = fresh(checkpoint.manifest().model(), checkpoint.blueprint(), UNUSED, engine);
      return loaded.filled(() -> checkpoint.loadNetwork(loaded.model.parameters(), loaded.model.buffers()));
    }
  }

  /**
   * Loads the network of a ticket: its weights, the inactive ones zero.
   *
   * @param folder the ticket's folder
   * @param engine what computes it
   * @return the classifier, to be closed by the caller
   * @throws BadInput if there is no sound ticket
   * @throws IOException if reading fails
   */
  public static LoadedModel fromTicket(Path folder, EngineChoice engine) throws IOException {
    try (Ticket ticket = Ticket.open(folder)) {
      LoadedModel loaded = fresh(ticket.manifest().model(), UNUSED, engine);
      return loaded.filled(() -> ticket.loadNetwork(loaded.model.parameters(), loaded.model.buffers()));
    }
  }

  /**
   * Loads weights from elsewhere, stored under the reference's {@code state_dict} names.
   *
   * @param file a safetensors or sparrow-sparse file, or a PyTorch checkpoint
   * @param info how to build the network, unless the file {@linkplain ModelCard describes} it; its normalisation gives way to the file's
   *     {@code normalize.mean} and {@code normalize.std}
   * @param engine what computes it
   * @return the classifier, to be closed by the caller
   * @throws BadInput if the file is damaged or does not fit, listing every missing, unexpected and mis-shaped key
   * @throws IOException if reading fails
   */
  public static LoadedModel fromWeights(Path file, ModelInfo info, EngineChoice engine) throws IOException {
    try (WeightsFile weights = WeightsFile.open(file, info)) {
      return of(weights, file, engine);
    }
  }

  /**
   * Loads weights from a file that describes its network.
   *
   * @param file a file that Sparrow exported
   * @param engine what computes it
   * @return the classifier, to be closed by the caller
   * @throws BadInput if the file does not describe itself, is damaged or contradicts itself
   * @throws IOException if reading fails
   */
  public static LoadedModel fromWeights(Path file, EngineChoice engine) throws IOException {
    try (WeightsFile weights = WeightsFile.open(file)) {
      return of(weights, file, engine);
    }
  }

  private static LoadedModel of(WeightsFile weights, Path file, EngineChoice engine) throws IOException {
    LoadedModel loaded = fresh(weights.info(), weights.blueprint(), UNUSED, engine);
    return loaded.filled(() -> TensorFiles.load(weights.tensors(), weights.names(), loaded.tensors(), file));
  }

  private NamedTensors tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(model.parameters().asMap());
    tensors.putAll(model.buffers().asMap());
    return new NamedTensors(tensors);
  }

  /**
   * Draws the weights of a network as a training of the same seed would.
   *
   * @param info how to build the network
   * @param seed root of all randomness
   * @param engine what computes it
   * @return the classifier, to be closed by the caller
   */
  public static LoadedModel fresh(ModelInfo info, Seed seed, EngineChoice engine) {
    return fresh(info, info.blueprint(), seed, engine);
  }

  private static LoadedModel fresh(ModelInfo info, Blueprint blueprint, Seed seed, EngineChoice engine) {
    Network network = new Network(blueprint, seed, engine.device());
    return new LoadedModel(info, blueprint, Engines.create(network, info.normalization(), engine));
  }

  /** What is loaded is looked at and not trained, so its zeros stay. */
  private void restrictToNonzeros() {
    try (TensorScope scope = TensorScope.open()) {
      model.restrictTo(model.parameters().select(model.prunableParameters()).map((name, weight) -> weight.ne(new Scalar(0))));
    }
  }

  private interface Loading {
    void run() throws IOException;
  }

  /** Fills the fresh network, or releases it if that fails. */
  private LoadedModel filled(Loading loading) throws IOException {
    boolean done = false;
    try {
      loading.run();
      restrictToNonzeros();
      done = true;
      return this;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
