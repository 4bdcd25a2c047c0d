package dev.sparrow.examples;

import dev.sparrow.checkpoint.LoadedModel;
import dev.sparrow.data.Datasets;
import dev.sparrow.data.ImageSet;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Classifies an image with tensors of one's own, released in the right order. */
public final class Predict {

  private Predict() {}

  /**
   * Runs the program.
   *
   * @param args a run folder, and which of the test images
   * @throws IOException if the network cannot be read
   */
  public static void main(String... args) throws IOException {
    ImageSet images = Datasets.sample().test();
    int index = Integer.parseInt(args[1]);
    float[] logits = logits(Path.of(args[0]), images.pixels(index), images.imageSize());
    System.out.println(images.classNames().get(images.label(index)) + " " + Arrays.toString(logits));
  }

  /** The logits of one image of unsigned bytes. */
  static float[] logits(Path run, byte[] bytes, int size) throws IOException {
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]) / 255f;
    }
    // memory.md: begin
    try (LoadedModel loaded = LoadedModel.fromRun(run);
        TensorScope scope = TensorScope.open();
        Pass pass = loaded.model().forward(Tensors.ofFloats(pixels, 1, 3, size, size), Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
    // memory.md: end
  }
}
