package dev.sparrow.train;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.model.ActivationLayout;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.sparse.SparsityMethod;
import dev.sparrow.sparse.SparsityMethods;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;

/**
 * What is being trained: the network, its optimizer and its masks. Owns all three.
 *
 * @param info how to rebuild the network
 * @param blueprint what it is built from
 * @param device where it lives
 * @param precision its arithmetic
 * @param model the network
 * @param optimizer its optimizer
 * @param sparsity what moves its masks
 */
record Trainee(
    ModelInfo info,
    Blueprint blueprint,
    DeviceSpec device,
    Precision precision,
    Classifier model,
    Sgd optimizer,
    SparsityMethod sparsity)
    implements AutoCloseable {

  /** Builds the network of a configuration; its weights and masks are fresh, the masks not made yet. */
  static Trainee build(RunConfig config, int numClasses, int imageSize, Normalization normalization, long iterationsPerEpoch) {
    return build(config, numClasses, imageSize, normalization, iterationsPerEpoch, ActivationLayout.CHANNELS_LAST);
  }

  /** The same with another layout of the activations. */
  static Trainee build(
      RunConfig config, int numClasses, int imageSize, Normalization normalization, long iterationsPerEpoch, ActivationLayout layout) {
    DeviceSpec device = DeviceSpec.resolve(config.runtime().device());
    Precision precision = Precision.resolve(config.runtime().precision(), device);
    ModelInfo info = new ModelInfo(config.network(), config.sparsity().density(), numClasses, imageSize, normalization);
    Blueprint blueprint = Blueprints.create(config.network(), numClasses, imageSize, config.sparsity().density());
    Classifier model = new LibtorchClassifier(new Network(blueprint, config.seed(), device), normalization, precision, layout);
    Sgd optimizer = new Sgd(model.parameters(), config.optimizer());
    return new Trainee(info, blueprint, device, precision, model, optimizer, SparsityMethods.create(config, iterationsPerEpoch));
  }

  /** Continues where a checkpoint stands. */
  void restore(Checkpoint checkpoint) throws IOException {
    checkpoint.loadNetwork(model.parameters(), model.buffers());
    checkpoint.loadMomentum(optimizer.momentum());
    try (TensorScope scope = TensorScope.open()) {
      sparsity.restore(model, checkpoint.readSparsity());
    }
  }

  @Override
  public void close() {
    sparsity.close();
    optimizer.close();
    model.close();
  }
}
