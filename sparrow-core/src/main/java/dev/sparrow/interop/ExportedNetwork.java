package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.prune.channel.Compaction;
import dev.sparrow.prune.channel.OutputDifference;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A network on its way into a file.
 *
 * @param original the network as it was given, which the file is compared with
 * @param blueprint of what is written: the same network, or a compact one
 * @param tensors of what is written, parameters and running statistics, borrowed
 * @param card how it describes itself
 */
record ExportedNetwork(LoadedModel original, Blueprint blueprint, NamedTensors tensors, ModelCard card) {

  private static final int IMAGES = 16;

  /**
   * Prepares a network.
   *
   * @param alignment of the numbers of channels, if those that contribute nothing are to go
   * @return with tensors of the original, or of the caller's scope
   */
  static ExportedNetwork of(StoredModel stored, OptionalInt alignment) {
    LoadedModel original = stored.model();
    NamedTensors tensors = tensors(original.model());
    Blueprint blueprint = original.blueprint();
    if (alignment.isPresent()) {
      Compaction compaction =
          Compaction.of(blueprint, original.model().parameters(), original.model().buffers(), alignment.getAsInt());
      tensors = compaction.gather(tensors);
      blueprint = compaction.blueprint();
    }
    boolean compact = !blueprint.equals(original.info().blueprint());
    ModelCard card = ModelCard.of(original.info(), stored.origin(), compact, nonzeroFraction(blueprint, tensors));
    return new ExportedNetwork(original, blueprint, tensors, card);
  }

  /** Parameters and running statistics; zeros among the weights are positive, since masks leave negative ones where they multiplied. */
  private static NamedTensors tensors(NetworkClassifier model) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(model.parameters().asMap());
    tensors.putAll(model.parameters().select(model.prunableParameters()).map((name, weight) -> weight.add(new Scalar(0))).asMap());
    tensors.putAll(model.buffers().asMap());
    return new NamedTensors(tensors);
  }

  private static double nonzeroFraction(Blueprint blueprint, NamedTensors tensors) {
    long nonzero = blueprint.prunable().keySet().stream().mapToLong(name -> count(tensors.get(name))).sum();
    return nonzero / (double) blueprint.prunableCount();
  }

  private static long count(Tensor weight) {
    try (TensorScope scope = TensorScope.open()) {
      return weight.count_nonzero().item_long();
    }
  }

  /** The numbers of the network, with batch norms {@linkplain Weights#withFoldedBatchNorms folded} or not. */
  Weights weights(boolean folded) {
    Map<String, float[]> floats = new LinkedHashMap<>();
    Weights.needed(blueprint).keySet().forEach(name -> floats.put(name, Tensors.toFloats(tensors.get(name))));
    Weights weights = new Weights(blueprint, floats);
    return folded ? weights.withFoldedBatchNorms() : weights;
  }

  /** What its file says about it. */
  NetworkFacts facts() {
    return NetworkFacts.of(card, blueprint);
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
