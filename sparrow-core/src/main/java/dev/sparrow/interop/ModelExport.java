package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.Weights;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/** Writes a network as a file for others, whole or compact. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ModelExport {

  private ModelExport() {}

  /**
   * What is to be written.
   *
   * @param format of the file
   * @param folded whether batch norms become part of the convolutions ahead of them, where they can; with ONNX
   * @param alignment of the numbers of channels of the compact network (see {@link dev.sparrow.prune.channel.Compaction}); empty to write the whole network
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
   * @param compact whether channels that contribute nothing are gone
   * @param parameters number of trainable values
   * @param macs multiply-accumulates of classifying one image, zeros included
   * @param nonzeroFraction fraction of the written prunable weights that are not zero
   * @param maxDifference largest difference of the logits of the network and of what was written, in units of the largest logit
   */
  public record Report(
      String file, String format, boolean compact, Size parameters, Size macs, double nonzeroFraction, double maxDifference) {}

  /**
   * A size of two networks.
   *
   * @param before of the network as it was given
   * @param after of the network in the file
   */
  public record Size(long before, long after) {}

  /**
   * Exports a network. Before the file takes its place, what it holds is compared with the network on random images.
   *
   * @param stored the network, and where it comes from
   * @param request what is to be written
   * @param target the file; replaced if it exists
   * @return what was written
   * @throws BadInput if the file would not compute the same
   * @throws IOException if writing fails
   */
  public static Report write(StoredModel stored, Request request, Path target) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      ExportedNetwork network = ExportedNetwork.of(stored, request.alignment());
      return switch (request.format()) {
        case SAFETENSORS -> report(target, request, network, network.blueprint(), WeightsExport.SAFETENSORS.write(target, network));
        case PYTORCH -> report(target, request, network, network.blueprint(), WeightsExport.PYTORCH.write(target, network));
        case ONNX -> {
          Weights weights = network.weights(request.folded());
          yield report(target, request, network, weights.blueprint(), OnnxModel.write(target, weights, request.folded(), network));
        }
      };
    }
  }

  private static Report report(Path target, Request request, ExportedNetwork network, Blueprint written, double difference) {
    Blueprint trained = network.original().blueprint();
    return new Report(
        target.toString(),
        request.format().label(),
        network.card().compact(),
        new Size(trained.parameterCount(), written.parameterCount()),
        new Size(InferenceCost.of(trained).macs(), InferenceCost.of(written).macs()),
        network.card().nonzeroFraction(),
        difference);
  }
}
