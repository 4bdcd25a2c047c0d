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
  static final int MAGNITUDE = 0x7fffffff;
  static final int INFINITE = 0x7f800000;
  static final int NAN = 0x7fc00000;

  /** Half of a bf16's last place. */
  static final int HALF = 0x8000;

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

  /** The values in the high halves: the words themselves, unless those are zeros. */
  static FloatVector high(IntVector pairs) {
    FloatVector words = pairs.reinterpretAsFloats();
    return words.blend(0, words.abs().compare(VectorOperators.LE, PlainWords.ZERO_WORD));
  }

  /**
   * Writes words of two: see {@link PlainWords#join}. Loops that call the vectors' methods directly repeat these lines. A NaN that
   * arithmetic makes has a short fraction and stays one when it is rounded.
   */
  static void storePairs(FloatVector low, FloatVector high, float[] words, int at) {
    IntVector l = low.reinterpretAsInts();
    IntVector h = high.reinterpretAsInts();
    l = l.add(HALF - 1).add(l.lanewise(VectorOperators.LSHR, 16).and(1)).lanewise(VectorOperators.LSHR, 16);
    IntVector m = h.and(MAGNITUDE);
    m = m.sub(l).add(HALF).max(PlainWords.ZERO).blend(NAN, m.compare(VectorOperators.GE, INFINITE));
    m.and(HIGH_HALF).or(h.and(~MAGNITUDE)).or(l).reinterpretAsFloats().intoArray(words, at);
  }
}
