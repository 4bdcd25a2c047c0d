package dev.sparrow.examples;

import dev.sparrow.inference.SparseModel;
import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.WordFormat;
import java.io.IOException;
import java.nio.file.Path;

/** Serves a sparse network over HTTP with the sparse engine: plain Java, without libtorch or any other native library. */
public final class ServeSparse {

  private ServeSparse() {}

  /**
   * Runs the program until it is stopped.
   *
   * @param args a safetensors file that Sparrow exported, and a port
   * @throws IOException if the network cannot be read or the port is taken
   */
  public static void main(String... args) throws IOException {
    System.out.println(start(Path.of(args[0]), Integer.parseInt(args[1])).url());
  }

  static PredictionServer start(Path file, int port) throws IOException {
    SparseModel model = SparseModel.read(file, new EngineSettings(WordFormat.FP32, 0, KernelChoice.AUTO));
    return new PredictionServer(model, model.imageSize(), port);
  }
}
