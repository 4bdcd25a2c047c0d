package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.Checkpoint;
import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.Manifest;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.TensorFiles;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.interop.onnx.OnnxExport;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Safetensors;
import dev.sparrow.model.Classifier;
import dev.sparrow.nn.Network;
import dev.sparrow.prune.channel.Compaction;
import dev.sparrow.prune.channel.OutputDifference;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/** Writes the network of a checkpoint as a file for others, whole or compact. */
public final class ModelExport {

  /** In units of the largest logit; a sum of some thousand float32 products in another order is about 1e-6 off. */
  private static final double TOLERANCE = 1e-5;

  /** The same where batch norms are folded, which rounds every weight once more. */
  private static final double FOLDED_TOLERANCE = 1e-4;

  private static final int IMAGES = 16;

  private ModelExport() {}

  /**
   * What is to be written.
   *
   * @param format of the file
   * @param folded whether batch norms become part of the convolutions ahead of them, where they can; with ONNX
   * @param alignment of the numbers of channels of the compact network (see {@link Compaction}); empty to write the whole network
   */
  public record Request(ExportFormat format, boolean folded, OptionalInt alignment) {

    /** Only ONNX knows a convolution without the batch norm that it was trained with. */
    public Request {
      if (folded && format != ExportFormat.ONNX) {
        throw BadInput.usage("--fold", "--format onnx beside it", "--format " + format.label());
      }
    }
  }

  /**
   * What an export wrote.
   *
   * @param file the file
   * @param format of the file
   * @param compact whether channels that contribute nothing were removed
   * @param parameters number of trainable values
   * @param macs multiply-accumulates of classifying one image, zeros included
   * @param nonzeroFraction fraction of the written prunable weights that are not zero
   * @param maxDifference largest difference of the logits of the checkpoint and of what was written, in units of the largest logit
   */
  public record Report(
      String file, String format, boolean compact, Size parameters, Size macs, double nonzeroFraction, double maxDifference) {}

  /**
   * A size of two networks.
   *
   * @param before of the network as it was trained
   * @param after of the network in the file
   */
  public record Size(long before, long after) {}

  /**
   * Exports a network. Before the file takes its place, what it holds is compared with the checkpoint on random images.
   *
   * @param checkpoint the checkpoint's folder
   * @param request what is to be written
   * @param target the file; replaced if it exists
   * @return what was written
   * @throws BadInput if there is no sound checkpoint, or the file would not compute the same
   * @throws IOException if reading or writing fails
   */
  public static Report write(Path checkpoint, Request request, Path target) throws IOException {
    Manifest manifest = manifest(checkpoint);
    try (TensorScope scope = TensorScope.open();
        LoadedModel original = LoadedModel.fromCheckpoint(checkpoint, EngineChoice.EXACT)) {
      NamedTensors tensors = both(original.model().parameters(), original.model().buffers());
      Blueprint blueprint = original.blueprint();
      if (request.alignment().isPresent()) {
        Compaction compaction =
            Compaction.of(blueprint, original.model().parameters(), original.model().buffers(), request.alignment().getAsInt());
        tensors = compaction.gather(tensors);
        blueprint = compaction.blueprint();
      }
      ModelCard card = ModelCard.of(manifest, request.alignment().isPresent(), nonzeroFraction(blueprint, tensors));
      return switch (request.format()) {
        case SAFETENSORS -> report(target, request, card, original, blueprint, writeSafetensors(target, tensors, card, original));
        case ONNX -> {
          Weights whole = new Weights(blueprint, floats(blueprint, tensors));
          Weights weights = request.folded() ? whole.withFoldedBatchNorms() : whole;
          yield report(target, request, card, original, weights.blueprint(), writeOnnx(target, weights, request.folded(), card, original));
        }
      };
    }
  }

  private static Report report(Path target, Request request, ModelCard card, LoadedModel original, Blueprint written, double difference) {
    return new Report(
        target.toString(),
        request.format().label(),
        card.compact(),
        new Size(original.blueprint().parameterCount(), written.parameterCount()),
        new Size(InferenceCost.of(original.blueprint()).macs(), InferenceCost.of(written).macs()),
        card.nonzeroFraction(),
        difference);
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

  private static double nonzeroFraction(Blueprint blueprint, NamedTensors tensors) {
    long nonzero = blueprint.prunable().keySet().stream().mapToLong(name -> count(tensors.get(name))).sum();
    return nonzero / (double) blueprint.prunableCount();
  }

  private static long count(Tensor weight) {
    try (TensorScope scope = TensorScope.open()) {
      return weight.count_nonzero().item_long();
    }
  }

  private static double writeSafetensors(Path target, NamedTensors tensors, ModelCard card, LoadedModel original) throws IOException {
    double[] difference = new double[1];
    AtomicFiles.replace(
        target,
        unchecked -> {
          Safetensors.write(unchecked, TensorFiles.toData(tensors), card.toMetadata());
          try (LoadedModel written = LoadedModel.fromWeights(unchecked, EngineChoice.EXACT)) {
            difference[0] = checked(original, written.model(), TOLERANCE, target);
          }
        });
    return difference[0];
  }

  /** Nothing here runs ONNX: libtorch runs the same operations on the same numbers instead. */
  private static double writeOnnx(Path target, Weights weights, boolean folded, ModelCard card, LoadedModel original) throws IOException {
    Network network = new Network(weights.blueprint(), new Seed(0), DeviceSpec.CPU);
    try (Classifier written = Engines.create(network, card.model().normalization(), EngineChoice.EXACT)) {
      network.load(weights);
      double difference = checked(original, written, FOLDED_TOLERANCE, target);
      OnnxExport.write(target, weights, card.model().normalization(), OnnxProperties.of(card, folded));
      return difference;
    }
  }

  private static Map<String, float[]> floats(Blueprint blueprint, NamedTensors tensors) {
    Map<String, float[]> floats = new LinkedHashMap<>();
    Weights.needed(blueprint).keySet().forEach(name -> floats.put(name, Tensors.toFloats(tensors.get(name))));
    return floats;
  }

  private static double checked(LoadedModel original, Classifier written, double tolerance, Path target) {
    double difference = OutputDifference.of(original.model(), written, DeviceSpec.CPU, IMAGES);
    if (!(difference <= tolerance)) {
      throw BadInput.data("difference of the logits", "at most " + tolerance + " of the largest", difference, target);
    }
    return difference;
  }
}
