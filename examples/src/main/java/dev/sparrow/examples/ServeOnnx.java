package dev.sparrow.examples;

import java.io.IOException;
import java.nio.file.Path;

/** Serves an ONNX model over HTTP. */
public final class ServeOnnx {

  private ServeOnnx() {}

  /**
   * Runs the program until it is stopped.
   *
   * @param args an ONNX model that Sparrow exported, and a port
   * @throws IOException if the model cannot be read or the port is taken
   */
  public static void main(String... args) throws IOException {
    System.out.println(start(Path.of(args[0]), Integer.parseInt(args[1])).url());
  }

  static PredictionServer start(Path file, int port) throws IOException {
    OnnxModel model = new OnnxModel(file);
    return new PredictionServer(model, model.imageSize(), port);
  }
}
