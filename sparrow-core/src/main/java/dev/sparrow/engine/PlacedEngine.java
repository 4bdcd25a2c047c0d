package dev.sparrow.engine;

import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.Threads;
import org.bytedeco.pytorch.Tensor;

/**
 * A network in its place.
 *
 * @param placement which engine computes which part of it
 * @param model what computes it, closed with this
 * @param libtorchThreads threads of libtorch meanwhile
 */
record PlacedEngine(Placement placement, NetworkClassifier model, int libtorchThreads) implements AutoCloseable {

  /** Runs the network in a mode. */
  Pass forward(Tensor images, Recording recording, Mode mode) {
    if (Threads.count() != libtorchThreads) {
      Threads.use(libtorchThreads);
    }
    try (ModeGuard guard = model.in(mode)) {
      return model.forward(images, recording);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
