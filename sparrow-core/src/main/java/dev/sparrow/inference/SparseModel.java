package dev.sparrow.inference;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Statistics;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.WeightsFile;
import dev.sparrow.data.Normalization;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.Gradients;
import dev.sparrow.kernel.SparseNetwork;
import dev.sparrow.kernel.SparsePass;
import dev.sparrow.kernel.Standardization;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * A trained network that classifies images with the sparse engine. Weights that are zero cost no time. Batch norm uses its running
 * statistics, as part of the convolutions around it.
 *
 * <p>Needs no libtorch: a program that does no more than this may leave its jars out of the class path, and runs where libtorch has no
 * build.
 * Used by one thread at a time; works with threads of its own.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SparseModel implements InferenceEngine {

  private final SparseNetwork network;
  private final Shape image;
  private final int numClasses;

  private SparseModel(SparseNetwork network) {
    Blueprint blueprint = network.blueprint();
    this.network = network;
    this.image = blueprint.input();
    this.numClasses = blueprint.numClasses();
  }

  /**
   * Reads a network from a file that describes it, as {@code sparrow export} writes them.
   *
   * @param file a safetensors or sparrow-sparse file, or a PyTorch checkpoint
   * @param settings how to compute
   * @return the network, to be closed by the caller
   * @throws BadInput if the file does not describe itself, is damaged or contradicts itself
   * @throws IOException if reading fails
   */
  public static SparseModel read(Path file, EngineSettings settings) throws IOException {
    try (WeightsFile weights = WeightsFile.open(file)) {
      return of(weights.read(), weights.info().normalization(), settings);
    }
  }

  /**
   * Takes a network over.
   *
   * @param weights its numbers, copied
   * @param normalization what is subtracted from and divided into the pixels
   * @param settings how to compute
   * @return the network, to be closed by the caller
   * @throws BadInput if the sparse engine does not know an operation of the network
   */
  public static SparseModel of(Weights weights, Normalization normalization, EngineSettings settings) {
    SparseNetwork network = new SparseNetwork(weights.blueprint(), Standardization.of(normalization), settings);
    weights.blueprint().prunable().keySet().forEach(name -> network.activate(name, weights.active(name)));
    weights.values().forEach(network::load);
    return new SparseModel(network);
  }

  /**
   * {@inheritDoc}
   *
   * @throws BadInput if there are no images, or the array has another length than they take
   */
  @Override
  public float[] logits(float[] images, int count) {
    if (count < 1) {
      throw BadInput.data("number of images", "at least 1", count, network.blueprint().name());
    }
    if (images.length != count * image.size()) {
      throw BadInput.data("length of the images", count + " x " + image, images.length, network.blueprint().name());
    }
    try (SparsePass pass = network.forward(images, count, Statistics.RUNNING, Gradients.NONE)) {
      float[] logits = new float[count * numClasses];
      System.arraycopy(pass.logits(), 0, logits, 0, logits.length);
      return logits;
    }
  }

  /**
   * Number of logits of an image.
   *
   * @return number of classes
   */
  public int numClasses() {
    return numClasses;
  }

  /**
   * Side of the images.
   *
   * @return in pixels
   */
  public int imageSize() {
    return image.dim(1);
  }

  @Override
  public String description() {
    return network.description();
  }

  /** Ends the engine's threads. */
  @Override
  public void close() {
    network.close();
  }
}
