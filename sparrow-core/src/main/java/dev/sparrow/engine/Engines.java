package dev.sparrow.engine;

import dev.sparrow.config.EngineKind;
import dev.sparrow.data.Normalization;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.model.LibtorchClassifier;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Precision;
import dev.sparrow.tensor.Threads;

/** The one place where an engine is made. */
public final class Engines {

  private Engines() {}

  /**
   * Lets an engine run a network.
   *
   * @param network the network, closed with the classifier; on the choice's device
   * @param normalization what is subtracted from and divided into the pixels
   * @param choice which engine, and how it computes
   * @return the classifier, to be closed by the caller
   * @throws dev.sparrow.BadInput if the engine does not know an operation of the network
   */
  public static NetworkClassifier create(Network network, Normalization normalization, EngineChoice choice) {
    return switch (choice.kind()) {
      case DENSE, AUTO -> new LibtorchClassifier(network, normalization, choice.precision(), choice.layout());
      case SPARSE -> new SparseClassifier(network, normalization, settings(choice));
    };
  }

  /**
   * Sets libtorch's threads, those of the whole process, to what suits an engine: libtorch's threads keep their processors busy for a while
   * after they have worked, so there are none beside an engine with threads of its own.
   *
   * @param choice the engine that is about to compute
   */
  public static void useThreads(EngineChoice choice) {
    Threads.use(choice.kind() == EngineKind.SPARSE ? 1 : choice.threads());
  }

  private static EngineSettings settings(EngineChoice choice) {
    WordFormat format = choice.precision() == Precision.BF16 ? WordFormat.BF16 : WordFormat.FP32;
    return new EngineSettings(format, choice.threads(), KernelChoice.AUTO);
  }
}
