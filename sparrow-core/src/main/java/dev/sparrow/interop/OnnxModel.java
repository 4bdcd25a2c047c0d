package dev.sparrow.interop;

import dev.sparrow.arch.Weights;
import dev.sparrow.data.Normalization;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.interop.onnx.OnnxExport;
import dev.sparrow.model.Classifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A network as an ONNX model. Nothing here runs ONNX: libtorch runs the same operations on the same numbers instead. */
final class OnnxModel {

  /** In units of the largest logit: folding rounds every weight once more. */
  private static final double TOLERANCE = 1e-4;

  private OnnxModel() {}

  /** Compares and writes; gives the {@linkplain ExportedNetwork#difference difference}. */
  static double write(Path target, Weights weights, boolean folded, ExportedNetwork exported) throws IOException {
    Normalization normalization = exported.card().model().normalization();
    Network network = new Network(weights.blueprint(), new Seed(0), DeviceSpec.CPU);
    try (Classifier written = Engines.create(network, normalization, EngineChoice.EXACT)) {
      network.load(weights);
      double difference = exported.difference(written, TOLERANCE, target);
      OnnxExport.write(target, weights, normalization, properties(exported.facts(), folded));
      return difference;
    }
  }

  private static Map<String, String> properties(NetworkFacts facts, boolean folded) {
    Map<String, String> properties = facts.texts();
    properties.computeIfPresent("normalization", (same, constants) -> constants + ", inside the model");
    properties.put("foldedBatchNorms", String.valueOf(folded));
    return properties;
  }
}
