package dev.sparrow.interop;

import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The formats that networks are written in. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum ExportFormat implements Labelled {
  /** Tensors with a description, for Sparrow and everything that reads safetensors. */
  SAFETENSORS("safetensors"),
  /** A checkpoint that {@code torch.load} reads, under the names of the reference's network classes. */
  PYTORCH("pytorch"),
  /** Masks and active values, for Sparrow: small files of sparse networks. */
  SPARROW_SPARSE("sparrow-sparse"),
  /** The network as a graph of operations, for ONNX Runtime and others. */
  ONNX("onnx");

  private final String label;

  ExportFormat(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of safetensors, pytorch, sparrow-sparse, onnx
   * @return the constant
   */
  public static ExportFormat parse(String label) {
    return Labelled.parse(ExportFormat.class, "--format", label);
  }
}
