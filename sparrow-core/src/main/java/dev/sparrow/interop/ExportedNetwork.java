package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.model.Classifier;
import dev.sparrow.prune.channel.OutputDifference;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.Tensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network on its way into a file.
 *
 * @param original the network as it was trained, which the file is compared with
 * @param blueprint of what is written: the same network, or a compact one
 * @param tensors of what is written, parameters and running statistics, borrowed
 * @param card how it describes itself
 */
record ExportedNetwork(LoadedModel original, Blueprint blueprint, NamedTensors tensors, ModelCard card) {

  private static final int IMAGES = 16;

  /** The numbers of the network, with batch norms {@linkplain Weights#withFoldedBatchNorms folded} or not. */
  Weights weights(boolean folded) {
    Map<String, float[]> floats = new LinkedHashMap<>();
    Weights.needed(blueprint).keySet().forEach(name -> floats.put(name, Tensors.toFloats(tensors.get(name))));
    Weights weights = new Weights(blueprint, floats);
    return folded ? weights.withFoldedBatchNorms() : weights;
  }

  /**
   * Compares what was written with the original on random images.
   *
   * @return the largest difference of the logits, in units of the largest logit
   * @throws BadInput if it is above the tolerance
   */
  double difference(Classifier written, double tolerance, Path target) {
    double difference = OutputDifference.of(original.model(), written, DeviceSpec.CPU, IMAGES);
    if (!(difference <= tolerance)) {
      throw BadInput.data("difference of the logits", "at most " + tolerance + " of the largest", difference, target);
    }
    return difference;
  }
}
