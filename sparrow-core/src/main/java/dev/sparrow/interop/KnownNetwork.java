package dev.sparrow.interop;

import dev.sparrow.BadInput;
import dev.sparrow.arch.NetworkSearch.Known;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.checkpoint.NetworkFinder;
import dev.sparrow.config.NetworkConfig;
import dev.sparrow.data.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a user knows of a network, held against what a file says of it. */
final class KnownNetwork {

  private KnownNetwork() {}

  /** The network of a file that does not describe it; images are left as they are where no normalisation is known. */
  static ModelInfo find(Path file, Known known, Optional<Normalization> normalization) throws IOException {
    return NetworkFinder.find(file, known, normalization.orElse(Normalization.NONE));
  }

  /** A file that describes its network needs no options, and options must not contradict it. */
  static void requireSame(Known known, ModelInfo described, Path file) {
    NetworkConfig network = described.network();
    requireSame("--arch", network.arch().label(), known.arch().map(arch -> arch.label()), file);
    requireSame("--width", network.width(), known.width(), file);
    requireSame("--depth-factor", network.depthFactor(), known.depthFactor(), file);
    requireSame("--width-factor", network.widthFactor(), known.widthFactor(), file);
    requireSame("--density", described.density(), known.density(), file);
    requireSame("--num-classes", described.numClasses(), known.numClasses(), file);
    requireSame("--image-size", described.imageSize(), known.imageSize(), file);
  }

  private static <T> void requireSame(String option, T described, Optional<T> given, Path file) {
    if (given.isPresent() && !given.get().equals(described)) {
      throw BadInput.usage(option, described + " as " + file + " says", given.get());
    }
  }
}
