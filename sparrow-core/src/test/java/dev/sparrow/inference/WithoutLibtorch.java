package dev.sparrow.inference;

import dev.sparrow.kernel.EngineSettings;
import dev.sparrow.kernel.KernelChoice;
import dev.sparrow.kernel.WordFormat;
import dev.sparrow.testing.MadeUpImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A program of its own that classifies three made-up images and prints their logits. */
final class WithoutLibtorch {

  private WithoutLibtorch() {}

  public static void main(String[] args) throws IOException {
    try (SparseModel model = SparseModel.read(Path.of(args[0]), new EngineSettings(WordFormat.FP32, 1, KernelChoice.AUTO))) {
      System.out.println(Arrays.toString(model.logits(MadeUpImages.of(3, model.imageSize()), 3)));
    }
  }
}
