package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** How wide vectors are: as wide as the processor's, or as the system property {@code sparrow.vector.bits} says. */
final class VectorWidth {

  static final String PROPERTY = "sparrow.vector.bits";

  private static final Map<String, VectorShape> SHAPES =
      Map.of("128", VectorShape.S_128_BIT, "256", VectorShape.S_256_BIT, "512", VectorShape.S_512_BIT);

  private VectorWidth() {}

  /**
   * The vectors to compute with.
   *
   * @throws BadInput if the property names no width, or one that is wider than the processor's vectors
   * @throws UnsupportedOperationException if the processor has no vectors of at least 128 bits
   */
  static VectorSpecies<Float> species() {
    int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    if (widest < 128) {
      throw new UnsupportedOperationException("vectors of this processor have " + widest + " bits, fewer than 128");
    }
    String bits = System.getProperty(PROPERTY);
    if (bits == null) {
      return FloatVector.SPECIES_PREFERRED;
    }
    VectorShape shape = SHAPES.get(bits);
    if (shape == null || shape.vectorBitSize() > widest) {
      throw BadInput.usage(PROPERTY, "128, 256 or 512, and at most the processor's " + widest, bits);
    }
    return VectorSpecies.of(float.class, shape);
  }

  /** Why they are as wide as they are. */
  static String reason() {
    return System.getProperty(PROPERTY) == null ? "the widest of this processor" : "asked for with -D" + PROPERTY;
  }
}
