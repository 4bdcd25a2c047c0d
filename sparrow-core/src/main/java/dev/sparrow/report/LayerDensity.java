package dev.sparrow.report;

import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.io.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many weights of a layer are active.
 *
 * @param name of its parameter
 * @param active number of active weights
 * @param weights number of its weights
 */
record LayerDensity(String name, long active, long weights) {

  /** What the name of a mask among the tensors of a checkpoint begins with. */
  private static final String MASK = "sparsity/mask.";

  /** The active fraction, in [0, 1]. */
  double density() {
    return (double) active / weights;
  }

  /** Counts the masks of a checkpoint, in the order of the file; none if there is no checkpoint or its run is dense. */
  static List<LayerDensity> ofCheckpoint(Path checkpoint) throws IOException {
    Path tensors = checkpoint.resolve("tensors.safetensors");
    List<LayerDensity> layers = new ArrayList<>();
    if (Files.exists(tensors)) {
      try (SafetensorsFile file = Safetensors.read(tensors)) {
        for (String name : file.names()) {
          TensorEntry entry = file.entry(name);
          if (name.startsWith(MASK) && entry.dtype() == DType.BOOL) {
            layers.add(new LayerDensity(name.substring(MASK.length()), active(file.get(name)), entry.shape().size()));
          }
        }
      }
    }
    return layers;
  }

  private static long active(TensorData mask) {
    ByteBuffer bytes = mask.data();
    long active = 0;
    while (bytes.hasRemaining()) {
      active += bytes.get() == 0 ? 0 : 1;
    }
    return active;
  }
}
