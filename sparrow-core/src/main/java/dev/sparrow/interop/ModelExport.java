package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.InferenceCost;
import dev.sparrow.arch.Weights;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.file.Files;
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
   * @param alignment of the numbers of channels of the compact network (see {@link dev.sparrow.prune.channel.Compaction}); empty to
   *     write the whole network
   * @param values type of the prunable weights in the file; other than float32 with sparrow-sparse
   */
  public record Request(ExportFormat format, boolean folded, OptionalInt alignment, StoredValues values) {

    /** Only ONNX knows a convolution without the batch norm that it was trained with, only sparrow-sparse other values. */
    public Request {
      if (folded && format != ExportFormat.ONNX) {
        throw BadInput.usage("--fold", "--format onnx beside it", "--format " + format.label());
      }
      if (values != StoredValues.FLOAT32 && format != ExportFormat.SPARROW_SPARSE) {
        throw BadInput.usage("--values " + values.label(), "--format sparrow-sparse beside it", "--format " + format.label());
      }
    }

    /**
     * With weights as they are.
     *
     * @param format of the file
     * @param folded whether batch norms become part of the convolutions ahead of them
     * @param alignment of the numbers of channels; empty to write the whole network
     */
    public Request(ExportFormat format, boolean folded, OptionalInt alignment) {
      this(format, folded, alignment, StoredValues.FLOAT32);
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
   * @param bytes of the network as it was given, all tensors whole and float32, and of the file
   * @param nonzeroFraction fraction of the written prunable weights that are not zero
   * @param maxDifference largest difference of the logits of the network and of what was written, in units of the largest logit
   */
  public record Report(
      String file, String format, boolean compact, Size parameters, Size macs, Size bytes, double nonzeroFraction, double maxDifference) {}

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
        case SPARROW_SPARSE -> {
          WeightsExport sparse = WeightsExport.sparse(request.values());
          yield report(target, request, network, network.blueprint(), sparse.write(target, network));
        }
        case ONNX -> {
          Weights weights = network.weights(request.folded());
          yield report(target, request, network, weights.blueprint(), OnnxModel.write(target, weights, request.folded(), network));
        }
      };
    }
  }

  private static Report report(Path target, Request request, ExportedNetwork network, Blueprint written, double difference)
      throws IOException {
    Blueprint trained = network.original().blueprint();
    return new Report(
        target.toString(),
        request.format().label(),
        network.card().compact(),
        new Size(trained.parameterCount(), written.parameterCount()),
        new Size(InferenceCost.of(trained).macs(), InferenceCost.of(written).macs()),
        new Size(Float.BYTES * values(trained), Files.size(target)),
        network.card().nonzeroFraction(),
        difference);
  }

  private static long values(Blueprint network) {
    return network.tensors().values().stream().mapToLong(Shape::size).sum();
  }
}
