package dev.sparrow.analysis;

import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Ticket;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Which prunable weights of a stored network are active: what its masks say, and without a mask those that differ from zero. The two are
 * not the same, since a weight that was just grown is active and zero.
 */
public final class ActiveWeights {

  private ActiveWeights() {}

  /**
   * Reads the masks of a network.
   *
   * @param folder the checkpoint or ticket that it was loaded from; empty for a file of weights, which has no masks
   * @param loaded the network, borrowed
   * @return one mask per prunable weight, in parameter order; to be closed by the caller
   * @throws dev.sparrow.BadInput if there is no sound checkpoint or ticket in the folder
   * @throws IOException if reading fails
   */
  public static MaskSet of(Optional<Path> folder, LoadedModel loaded) throws IOException {
    Classifier model = loaded.model();
    if (folder.isEmpty()) {
      return complete(MaskSet.empty(), model);
    }
    try (MaskSet stored = stored(folder.get(), model.parameters())) {
      return complete(stored, model);
    }
  }

  private static MaskSet stored(Path folder, NamedTensors parameters) throws IOException {
    if (Ticket.exists(folder)) {
      try (Ticket ticket = Ticket.open(folder)) {
        return ticket.readMasks(parameters);
      }
    }
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return checkpoint.readMasks(parameters);
    }
  }

  private static MaskSet complete(MaskSet stored, Classifier model) {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> active = new LinkedHashMap<>();
      for (String name : model.prunableParameters()) {
        Tensor weight = model.parameters().get(name);
        active.put(name, stored.names().contains(name) ? stored.get(name).tensor() : weight.ne(new Scalar(0)));
      }
      return MaskSet.copyOf(new NamedTensors(active));
    }
  }
}
