package dev.sparrow.interop.onnx;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Weights;
import dev.sparrow.data.Normalization;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.ProtoBuffer;
import dev.sparrow.units.Shape;
import dev.sparrow.units.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Networks as ONNX models: input {@code images}, [N, 3, H, W] float32 with pixels in [0, 1] and any N, output {@code logits}, [N, K]; the
 * normalisation is inside. Opset 17, IR version 8, which every ONNX Runtime since 1.12 reads. All weights are stored, zeros too: ONNX has
 * no sparse convolution.
 */
public final class OnnxExport {

  /** Name of a model's input. */
  public static final String INPUT = "images";

  /** Name of a model's output. */
  public static final String OUTPUT = "logits";

  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private OnnxExport() {}

  /**
   * Writes a model, atomically.
   *
   * @param target the file; replaced if it exists
   * @param weights the network, with batch norms {@linkplain Weights#withFoldedBatchNorms folded} or not
   * @param normalization what is subtracted from and divided into the pixels
   * @param properties free text that the model carries, by name
   * @throws BadInput if the model would have 2 GiB or more, which Protocol Buffers do not allow
   * @throws IOException if the file cannot be written
   */
  public static void write(Path target, Weights weights, Normalization normalization, Map<String, String> properties) throws IOException {
    ProtoBuffer model = model(weights, normalization, properties);
    AtomicFiles.writeChannel(target, model::writeTo);
  }

  /**
   * A model in memory.
   *
   * @param weights the network
   * @param normalization what is subtracted from and divided into the pixels
   * @param properties free text that the model carries, by name
   * @return what {@link #write} would write
   * @throws BadInput if it would have 2 GiB or more
   */
  public static byte[] toBytes(Weights weights, Normalization normalization, Map<String, String> properties) {
    return model(weights, normalization, properties).toBytes();
  }

  private static ProtoBuffer model(Weights weights, Normalization normalization, Map<String, String> properties) {
    requireRoom(weights.blueprint());
    ProtoBuffer model = new ProtoBuffer().number(1, IR_VERSION).text(2, "sparrow").text(3, Versions.current().get("sparrow"));
    model.message(7, OnnxNetwork.of(weights, normalization).toProto());
    model.message(8, new ProtoBuffer().text(1, "").number(2, OPSET)); // the empty domain is ONNX's own
    properties.forEach((name, value) -> model.message(14, new ProtoBuffer().text(1, name).text(2, value)));
    requireRoom(model.size(), weights.blueprint().name());
    return model;
  }

  /** Of the numbers alone, before memory is taken for them. */
  static void requireRoom(Blueprint blueprint) {
    requireRoom(Float.BYTES * Weights.needed(blueprint).values().stream().mapToLong(Shape::size).sum(), blueprint.name());
  }

  private static void requireRoom(long bytes, String network) {
    if (bytes > Integer.MAX_VALUE) {
      throw BadInput.data("ONNX model", "less than 2 GiB", bytes + " bytes", network);
    }
  }
}
