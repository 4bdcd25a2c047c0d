package dev.sparrow.interop;

import dev.sparrow.arch.Weights;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.engine.Engines;
import dev.sparrow.interop.onnx.OnnxExport;
import dev.sparrow.model.Classifier;
import dev.sparrow.nn.Network;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.units.Seed;
import java.io.IOException;
import java.nio.file.Path;

/** A network as an ONNX model. Nothing here runs ONNX: libtorch runs the same operations on the same numbers instead. */
final class OnnxModel {

  /** In units of the largest logit: folding rounds every weight once more. */
  private static final double TOLERANCE = 1e-4;

  private OnnxModel() {}

  /** Compares and writes; gives the {@linkplain ExportedNetwork#difference difference}. */
  static double write(Path target, Weights weights, boolean folded, ExportedNetwork exported) throws IOException {
    ModelCard card = exported.card();
    Network network = new Network(weights.blueprint(), new Seed(0), DeviceSpec.CPU);
    try (Classifier written = Engines.create(network, card.model().normalization(), EngineChoice.EXACT)) {
      network.load(weights);
      double difference = exported.difference(written, TOLERANCE, target);
      OnnxExport.write(target, weights, card.model().normalization(), OnnxProperties.of(card, folded));
      return difference;
    }
  }
}
