package dev.sparrow.cli;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.arch.Weights;
import dev.sparrow.data.Normalization;
import dev.sparrow.inference.InferenceEngine;
import dev.sparrow.interop.onnx.OnnxExport;
import java.nio.FloatBuffer;
import java.util.Map;

/** A network run by ONNX Runtime on the CPU, dense, in single precision. The one class that needs its library. */
final class OnnxRuntimeModel implements InferenceEngine {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Blueprint blueprint;

  private OnnxRuntimeModel(Weights weights, Normalization normalization, int threads) throws OrtException {
    blueprint = weights.blueprint();
    environment.setTelemetry(false); // builds for Windows report their use
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.addConfigEntry("session.force_spinning_stop", "1"); // between passes, when the processors are another engine's
      session = environment.createSession(OnnxExport.toBytes(weights, normalization, Map.of()), options);
    }
  }

  /**
   * Takes a network over.
   *
   * @param weights its numbers
   * @param normalization what is subtracted from and divided into the pixels
   * @param threads threads of the computation
   * @return the network, to be closed by the caller
   */
  static OnnxRuntimeModel of(Weights weights, Normalization normalization, int threads) {
    try {
      return new OnnxRuntimeModel(weights, normalization, threads);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses a model of Sparrow", e);
    }
  }

  @Override
  public float[] logits(float[] images, int count) {
    long side = blueprint.input().dim(1);
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), new long[] {count, 3, side, side});
        OrtSession.Result result = session.run(Map.of(OnnxExport.INPUT, input))) {
      float[] logits = new float[count * blueprint.numClasses()];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(logits);
      return logits;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot run a model of Sparrow", e);
    }
  }

  @Override
  public String description() {
    return "ONNX Runtime " + environment.getVersion() + ", dense, fp32";
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot release a session", e);
    }
  }
}
