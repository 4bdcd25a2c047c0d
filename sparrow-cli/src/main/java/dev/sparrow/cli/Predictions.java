package dev.sparrow.cli;

import dev.sparrow.data.Batch;
import dev.sparrow.data.BatchLoader;
import dev.sparrow.data.Batches;
import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.model.Classifier;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/** The logits of a network for images, in a file. */
final class Predictions {

  private Predictions() {}

  /**
   * Classifies all images and stores {@code logits}, float32 [N, K].
   *
   * @param model the network
   * @param device where it lives
   * @param images the images
   * @param file a safetensors file; replaced if it exists
   * @param display hears how far it is
   * @throws IOException if writing fails
   */
  static void write(Classifier model, DeviceSpec device, TestImages images, Path file, ProgressDisplay display) throws IOException {
    int classes = model.numClasses();
    ByteBuffer logits = ByteBuffer.allocate(Math.multiplyExact(images.size(), classes * Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    try (BatchLoader loader = new BatchLoader(images.batches(), 0, 1)) {
      while (loader.hasNext()) {
        for (float logit : logits(model, device, loader.next())) {
          logits.putFloat(logit);
        }
        display.progress("logits", logits.position() / (classes * Float.BYTES), images.size(), "");
      }
    }
    TensorData data = new TensorData(DType.F32, Shape.of(images.size(), classes), logits.flip());
    Safetensors.write(file, Map.of("logits", data), Map.of());
  }

  private static float[] logits(Classifier model, DeviceSpec device, Batch batch) {
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL)) {
      DeviceBatch tensors = DeviceBatch.of(batch.images(), batch.labels(), batch.imageSize(), device);
      try (Pass pass = model.forward(tensors.images(), Recording.NONE)) {
        return Tensors.toFloats(pass.logits());
      }
    }
  }

  /**
   * The labels of all images.
   *
   * @param images labelled
   * @return in order
   */
  static long[] labels(Batches images) {
    long[] labels = {};
    for (int i = 0; i < images.count(); i++) {
      long[] more = images.get(i).labels();
      int from = labels.length;
      labels = java.util.Arrays.copyOf(labels, from + more.length);
      System.arraycopy(more, 0, labels, from, more.length);
    }
    return labels;
  }
}
