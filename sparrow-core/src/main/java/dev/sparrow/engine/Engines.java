package dev.sparrow.engine;

import dev.sparrow.config.EngineKind;
import dev.sparrow.data.Normalization;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.Threads;
import org.apiguardian.api.API;

/** The one place where an engine is made. */
@API(status = API.Status.MAINTAINED, since = "0.1")
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
      case DENSE -> Placement.DENSE.open(network, normalization, choice);
      case SPARSE -> Placement.SPARSE.open(network, normalization, choice);
      case AUTO -> automatic(network, normalization, choice);
    };
  }

  /** Without vectors and beside a GPU there is nothing to choose. */
  private static NetworkClassifier automatic(Network network, Normalization normalization, EngineChoice choice) {
    boolean mayBeSparse = !choice.device().isCuda() && KernelChoice.vectorsRun();
    return mayBeSparse ? new AutoClassifier(network, normalization, choice) : Placement.DENSE.open(network, normalization, choice);
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
}
