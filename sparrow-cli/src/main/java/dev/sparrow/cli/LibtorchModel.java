package dev.sparrow.cli;

import dev.sparrow.arch.Weights;
import dev.sparrow.config.EngineKind;
import dev.sparrow.config.PrecisionChoice;
import dev.sparrow.config.RuntimeConfig;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.inference.InferenceEngine;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import dev.sparrow.units.Versions;
import java.util.Locale;

/** A network run by the dense engine on the CPU. */
final class LibtorchModel implements InferenceEngine {

  private final EngineChoice choice;
  private final Classifier model;

  private LibtorchModel(EngineChoice choice, Classifier model) {
    this.choice = choice;
    this.model = model;
  }

  /**
   * Takes a network over, and sets libtorch's threads.
   *
   * @param weights its numbers
   * @param normalization what is subtracted from and divided into the pixels
   * @param precision of products
   * @param threads threads of the computation
   * @return the network, to be closed by the caller
   */
  static LibtorchModel of(Weights weights, Normalization normalization, PrecisionChoice precision, int threads) {
    EngineChoice choice = EngineChoice.of(new RuntimeConfig("cpu", EngineKind.DENSE, precision, threads, 0));
    Engines.useThreads(choice);
    Network network = new Network(weights.blueprint(), new Seed(0), choice.device());
    network.load(weights);
    return new LibtorchModel(choice, Engines.create(network, normalization, choice));
  }

  @Override
  public float[] logits(float[] images, int count) {
    int side = model.imageSize();
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL);
        Pass pass = model.forward(Tensors.ofFloats(images, count, 3, side, side), Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }

  @Override
  public String description() {
    return "libtorch " + Versions.current().get("libtorch") + ", dense, " + choice.precision().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    model.close();
  }
}
