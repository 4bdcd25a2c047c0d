package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Manifest;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.TensorFiles;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Safetensors;
import dev.sparrow.prune.channel.Compaction;
import dev.sparrow.prune.channel.OutputDifference;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/** Writes the network of a checkpoint as a safetensors file that describes itself, whole or compact. */
public final class ModelExport {

  /** In units of the largest logit; a sum of some thousand float32 products in another order is about 1e-6 off. */
  private static final double TOLERANCE = 1e-5;

  private static final int IMAGES = 16;

  private ModelExport() {}

  /**
   * What an export wrote.
   *
   * @param file the file
   * @param compact whether channels that contribute nothing were removed
   * @param parameters number of trainable values
   * @param macs multiply-accumulates of classifying one image, zeros included
   * @param nonzeroFraction fraction of the written prunable weights that are not zero
   * @param maxDifference largest difference of the logits of the checkpoint and the file, in units of the largest logit
   */
  public record Report(String file, boolean compact, Size parameters, Size macs, double nonzeroFraction, double maxDifference) {}

  /**
   * A size of two networks.
   *
   * @param before of the network as it was trained
   * @param after of the network in the file
   */
  public record Size(long before, long after) {}

  /**
   * Exports a network. The file is loaded and compared with the checkpoint on random images before it takes its place.
   *
   * @param checkpoint the checkpoint's folder
   * @param alignment of the numbers of channels of the compact network (see {@link Compaction}); empty to write the whole network
   * @param target the file; replaced if it exists
   * @return what was written
   * @throws BadInput if there is no sound checkpoint, or the file would not compute the same
   * @throws IOException if reading or writing fails
   */
  public static Report write(Path checkpoint, OptionalInt alignment, Path target) throws IOException {
    Manifest manifest = manifest(checkpoint);
    try (TensorScope scope = TensorScope.open();
        LoadedModel original = LoadedModel.fromCheckpoint(checkpoint, EngineChoice.EXACT)) {
      NamedTensors parameters = original.model().parameters();
      NamedTensors buffers = original.model().buffers();
      Blueprint blueprint = original.blueprint();
      if (alignment.isPresent()) {
        Compaction compaction = Compaction.of(blueprint, parameters, buffers, alignment.getAsInt());
        parameters = compaction.gather(parameters);
        buffers = compaction.gather(buffers);
        blueprint = compaction.blueprint();
      }
      ModelCard card = ModelCard.of(manifest, alignment.isPresent(), nonzeroFraction(blueprint, parameters));
      double difference = write(target, both(parameters, buffers), card, original);
      return new Report(
          target.toString(),
          card.compact(),
          new Size(original.blueprint().parameterCount(), blueprint.parameterCount()),
          new Size(InferenceCost.of(original.blueprint()).macs(), InferenceCost.of(blueprint).macs()),
          card.nonzeroFraction(),
          difference);
    }
  }

  private static Manifest manifest(Path folder) throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return checkpoint.manifest();
    }
  }

  private static NamedTensors both(NamedTensors parameters, NamedTensors buffers) {
    Map<String, Tensor> both = new LinkedHashMap<>(parameters.asMap());
    both.putAll(buffers.asMap());
    return new NamedTensors(both);
  }

  private static double nonzeroFraction(Blueprint blueprint, NamedTensors parameters) {
    long nonzero = blueprint.prunable().keySet().stream().mapToLong(name -> count(parameters.get(name))).sum();
    return nonzero / (double) blueprint.prunableCount();
  }

  private static long count(Tensor weight) {
    try (TensorScope scope = TensorScope.open()) {
      return weight.count_nonzero().item_long();
    }
  }

  private static double write(Path target, NamedTensors tensors, ModelCard card, LoadedModel original) throws IOException {
    double[] difference = new double[1];
    AtomicFiles.replace(
        target,
        unchecked -> {
          Safetensors.write(unchecked, TensorFiles.toData(tensors), card.toMetadata());
          difference[0] = difference(original, unchecked, target);
        });
    return difference[0];
  }

  private static double difference(LoadedModel original, Path unchecked, Path target) throws IOException {
    try (LoadedModel written = LoadedModel.fromWeights(unchecked, EngineChoice.EXACT)) {
      double difference = OutputDifference.of(original.model(), written.model(), DeviceSpec.CPU, IMAGES);
      if (!(difference <= TOLERANCE)) {
        throw BadInput.data("difference of the logits", "at most " + TOLERANCE + " of the largest", difference, target);
      }
      return difference;
    }
  }
}
