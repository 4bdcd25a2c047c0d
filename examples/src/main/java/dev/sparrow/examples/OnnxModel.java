package dev.sparrow.examples;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sparrow.inference.InferenceEngine;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A model that {@code sparrow export --format onnx} wrote, run by ONNX Runtime. Normalisation is inside of the model. */
final class OnnxModel implements InferenceEngine {

  private static final String INPUT = "images";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final int imageSize;

  /** Reads a model. */
  OnnxModel(Path file) throws IOException {
    try {
      environment.setTelemetry(false); // builds for Windows report their use
      session = environment.createSession(file.toString());
      imageSize = (int) ((TensorInfo) session.getInputInfo().get(INPUT).getInfo()).getShape()[2];
    } catch (OrtException e) {
      throw new IOException("cannot read " + file + " as an ONNX model", e);
    }
  }

  /** Side of the images that it takes. */
  int imageSize() {
    return imageSize;
  }

  @Override
  public float[] logits(float[] images, int count) {
    long[] shape = {count, 3, imageSize, imageSize};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
        OrtSession.Result result = session.run(Map.of(INPUT, input))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copy = new float[logits.remaining()];
      logits.get(copy);
      return copy;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot run the model", e);
    }
  }

  @Override
  public String description() {
    return "ONNX Runtime " + environment.getVersion();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot release the model", e);
    }
  }
}
