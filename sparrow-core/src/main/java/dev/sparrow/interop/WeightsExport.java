package dev.sparrow.interop;

import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ReferenceConstants;
import dev.sparrow.checkpoint.TensorFiles;
import dev.sparrow.engine.EngineChoice;
import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.Json;
import dev.sparrow.io.PyTorchWriter;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SparseTensors;
import dev.sparrow.io.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The formats that Sparrow reads itself: a file is loaded again and compared with the original before it takes its place. */
enum WeightsExport {
  SAFETENSORS(WeightsExport.EXACT) {
    @Override
    void writeUnchecked(Path file, ExportedNetwork network) throws IOException {
      Safetensors.write(file, state(network), network.facts().texts());
    }
  },

  PYTORCH(WeightsExport.EXACT) {
    @Override
    void writeUnchecked(Path file, ExportedNetwork network) throws IOException {
      PyTorchWriter.write(file, state(network), Map.of(ModelCard.DICTIONARY, Json.tree(network.facts().plain())));
    }
  },

  SPARROW_SPARSE(WeightsExport.EXACT) {
    @Override
    void writeUnchecked(Path file, ExportedNetwork network) throws IOException {
      SparseTensors.write(file, state(network), Set.of(), network.facts().texts());
    }
  },

  SPARROW_SPARSE_BFLOAT16(WeightsExport.ROUNDED) {
    @Override
    void writeUnchecked(Path file, ExportedNetwork network) throws IOException {
      Set<String> prunable = network.blueprint().prunable().keySet();
      SparseTensors.write(file, state(network), prunable, network.facts().texts());
    }
  };

  /** In units of the largest logit; a sum of some thousand float32 products in another order is about 1e-6 off. */
  private static final double EXACT = 1e-5;

  /** Each weight is up to 1/512 of itself off; what is not that weight any more is off by much more than this. */
  private static final double ROUNDED = 0.1;

  private final double tolerance;

  WeightsExport(double tolerance) {
    this.tolerance = tolerance;
  }

  /** The sparse files with values of a type. */
  static WeightsExport sparse(StoredValues values) {
    return switch (values) {
      case FLOAT32 -> SPARROW_SPARSE;
      case BFLOAT16 -> SPARROW_SPARSE_BFLOAT16;
    };
  }

  /** What the reference's network class has, so that it takes the tensors of every format. */
  private static Map<String, TensorData> state(ExportedNetwork network) {
    Map<String, TensorData> state = new LinkedHashMap<>(ReferenceConstants.of(network.card().model(), network.blueprint()));
    state.putAll(TensorFiles.toData(network.tensors()));
    return state;
  }

  /** Writes a file that describes its network. */
  abstract void writeUnchecked(Path file, ExportedNetwork network) throws IOException;

  /** Writes and compares; gives the {@linkplain ExportedNetwork#difference difference}. */
  final double write(Path target, ExportedNetwork network) throws IOException {
    double[] difference = new double[1];
    AtomicFiles.replace(
        target,
        unchecked -> {
          writeUnchecked(unchecked, network);
          try (LoadedModel written = LoadedModel.fromWeights(unchecked, EngineChoice.EXACT)) {
            difference[0] = network.difference(written.model(), tolerance, target);
          }
        });
    return difference[0];
  }
}
