package dev.sparrow.train;

import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Blueprints;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.CheckpointContent;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.Progress;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.config.RunConfig;
import dev.sparrow.data.Batches;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.report.EpochRecord;
import dev.sparrow.sparse.SparsityMethod;
import dev.sparrow.sparse.SparsityMethods;
import dev.sparrow.sparse.SparsityRecipe;
import dev.sparrow.sparse.SparsityStart;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is being trained: the network, its optimizer and its masks. Owns all three.
 *
 * @param info how to rebuild the network
 * @param blueprint what it is built from
 * @param engine what computes it
 * @param model the network
 * @param optimizer its optimizer
 * @param sparsity what moves its masks
 */
record Trainee(
    ModelInfo info,
    Blueprint blueprint,
    EngineChoice engine,
    NetworkClassifier model,
    Sgd optimizer,
    SparsityMethod sparsity)
    implements AutoCloseable {

  /**
   * Describes the network of a configuration without building it.
   *
   * @throws dev.sparrow.BadInput if it cannot be built
   */
  static ModelInfo describe(RunConfig config, int numClasses, int imageSize, Normalization normalization) {
    EngineChoice.of(config.runtime());
    Blueprints.create(config.network(), numClasses, imageSize, config.sparsity().density());
    return new ModelInfo(config.network(), config.sparsity().density(), numClasses, imageSize, normalization);
  }

  /** Builds the network of a configuration; its weights are fresh, its masks not made yet. */
  static Trainee build(RunConfig config, ModelInfo info, long iterationsPerEpoch) {
    return build(config, info, iterationsPerEpoch, EngineChoice.of(config.runtime()), SparsityMethods::create);
  }

  /** The same on an engine that need not be the configuration's, with a method of anyone's making. */
  static Trainee build(RunConfig config, ModelInfo info, long iterationsPerEpoch, EngineChoice engine, SparsityRecipe recipe) {
    Blueprint blueprint = info.blueprint();
    SparsityMethod sparsity = recipe.create(config, blueprint, iterationsPerEpoch); // may refuse, so before anything native
    NetworkClassifier model = Engines.create(new Network(blueprint, config.seed(), engine.device()), info.normalization(), engine);
    Sgd optimizer = new Sgd(model.parameters(), config.optimizer());
    return new Trainee(info, blueprint, engine, model, optimizer, sparsity);
  }

  DeviceSpec device() {
    return engine.device();
  }

  /**
   * Begins with the weights and masks of a ticket, or afresh where there is none.
   *
   * @param ticketFolder where the ticket would be
   * @param images training batches for scorers
   * @param seed root of all randomness
   */
  void start(Path ticketFolder, Batches images, Seed seed) throws IOException {
    if (!Ticket.exists(ticketFolder)) {
      sparsity.initialize(new SparsityStart(model, device(), images, Optional.empty(), seed));
      return;
    }
    try (Ticket ticket = Ticket.open(ticketFolder);
        MaskSet masks = ticket.readMasks(model.parameters())) {
      ticket.checkModel(info);
      ticket.loadNetwork(model.parameters(), model.buffers());
      sparsity.initialize(new SparsityStart(model, device(), images, Optional.of(masks), seed));
    }
  }

  /** The network that this one is compared with: the same, save that SmallDense stands in for a ResNet-18 with all of its channels. */
  Blueprint fullBlueprint() {
    return Blueprints.create(info.network(), info.numClasses(), info.imageSize(), Density.DENSE);
  }

  /** A network that is no longer finite is neither evaluated nor saved: the checkpoint it would replace is the last good one. */
  void checkFinite(Progress progress) {
    checkFinite("weight ", model.parameters(), progress);
    checkFinite("statistic ", model.buffers(), progress);
  }

  private static void checkFinite(String kind, NamedTensors tensors, Progress progress) {
    tensors.forEach(
        (name, tensor) -> {
          double largest = Arithmetic.maxAbs(tensor);
          if (!Double.isFinite(largest)) {
            throw new TrainingDiverged(kind + name, largest, progress.epoch(), progress.iteration());
          }
        });
  }

  /** What a checkpoint holds; tensors are borrowed until the next step. */
  CheckpointContent capture(String configHash, Progress progress, List<EpochRecord> history) {
    return new CheckpointContent(
        configHash, info, progress, history, model.parameters(), model.buffers(), optimizer.momentum(), sparsity.capture());
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
