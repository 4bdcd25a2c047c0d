package dev.sparrow.cli;

import dev.sparrow.arch.Weights;
import dev.sparrow.config.PrecisionChoice;
import dev.sparrow.data.Normalization;
import dev.sparrow.inference.InferenceEngine;
import dev.sparrow.inference.SparseModel;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.units.Labelled;

/** What classifies in a benchmark of inference. Each loads its library when it is opened, not before. */
enum Competitor implements Labelled {
  SPARSE_BF16("sparse-bf16", false) {
    @Override
    InferenceEngine open(Weights weights, Normalization normalization, int threads) {
      return sparse(weights, normalization, WordFormat.BF16, threads);
    }
  },
  SPARSE_FP32("sparse-fp32", true) {
    @Override
    InferenceEngine open(Weights weights, Normalization normalization, int threads) {
      return sparse(weights, normalization, WordFormat.FP32, threads);
    }
  },
  ONNXRUNTIME("onnxruntime", true) {
    @Override
    InferenceEngine open(Weights weights, Normalization normalization, int threads) {
      return OnnxRuntimeModel.of(weights.withFoldedBatchNorms(), normalization, threads);
    }
  },
  DENSE_BF16("dense-bf16", false) {
    @Override
    InferenceEngine open(Weights weights, Normalization normalization, int threads) {
      return LibtorchModel.of(weights.withFoldedBatchNorms(), normalization, PrecisionChoice.BF16, threads);
    }
  },
  DENSE_FP32("dense-fp32", true) {
    @Override
    InferenceEngine open(Weights weights, Normalization normalization, int threads) {
      return LibtorchModel.of(weights.withFoldedBatchNorms(), normalization, PrecisionChoice.FP32, threads);
    }
  };

  private final String label;
  private final boolean exact;

  Competitor(String label, boolean exact) {
    this.label = label;
    this.exact = exact;
  }

  @Override
  public String label() {
    return label;
  }

  /** Whether it computes in single precision throughout. */
  boolean isExact() {
    return exact;
  }

  /**
   * Takes a network over. Batch norms are folded into convolutions; the sparse engine computes them while a convolution's sums are at hand.
   *
   * @param weights the network
   * @param normalization what is subtracted from and divided into the pixels
   * @param threads threads of the computation, at least 1
   * @return the network, to be closed by the caller
   * @throws LinkageError if the library is not there, or has no build for this platform
   */
  abstract InferenceEngine open(Weights weights, Normalization normalization, int threads);

  private static InferenceEngine sparse(Weights weights, Normalization normalization, WordFormat format, int threads) {
    return SparseModel.of(weights, normalization, new EngineSettings(format, threads, KernelChoice.AUTO));
  }
}
