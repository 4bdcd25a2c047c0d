package dev.sparrow.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of words: one cell is one vector.
 *
 * <p>Whoever uses them keeps vectors in local variables of one flat loop: a vector that lives across nested loops ends up as an object on
 * the heap with the compilers of some Java versions, ten times slower.
 */
final class VectorWords {

  /** A constant, since the compiler makes instructions of vectors only where it knows the width. */
  static final VectorSpecies<Float> FLOATS = VectorWidth.species();

  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  /** Words per cell. */
  static final int LANES = FLOATS.length();

  static final int HIGH_HALF = 0xffff0000;

  private VectorWords() {}

  /** Reads float32. */
  static FloatVector floats(float[] from, int at) {
    return FloatVector.fromArray(FLOATS, from, at);
  }

  /** Reads words of two bf16. */
  static IntVector pairs(float[] words, int at) {
    return FloatVector.fromArray(FLOATS, words, at).reinterpretAsInts();
  }

  /** The bf16 in the low halves. */
  static FloatVector low(IntVector pairs) {
    return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  /** The bf16 in the high halves. */
  static FloatVector high(IntVector pairs) {
    return pairs.and(HIGH_HALF).reinterpretAsFloats();
  }

  /** Rounds to bf16, to the nearest and to the even one of two equally near, and writes words of two. */
  static void storePairs(FloatVector low, FloatVector high, float[] words, int at) {
    IntVector below = rounded(low.reinterpretAsInts()).lanewise(VectorOperators.LSHR, 16);
    IntVector above = rounded(high.reinterpretAsInts()).and(HIGH_HALF);
    below.or(above).reinterpretAsFloats().intoArray(words, at);
  }

  /** A NaN that arithmetic makes has a short fraction and stays a NaN. */
  private static IntVector rounded(IntVector bits) {
    return bits.add(0x7fff).add(bits.lanewise(VectorOperators.LSHR, 16).and(1));
  }
}
