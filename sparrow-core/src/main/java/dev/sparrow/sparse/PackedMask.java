package dev.sparrow.sparse;

import java.util.stream.IntStream;

/**
 * A mask over many parameters, one bit per position: what an early-bird training keeps of every epoch. A WideResNet-34-10 has 46 million
 * convolution weights, so 6 MB.
 *
 * @param size number of positions
 * @param words 64 positions each, the first in the lowest bit; what is left of the last one is zero
 */
record PackedMask(long size, long[] words) {

  /** Checks that there are as many words as the positions need. */
  PackedMask {
    if (words.length != wordsFor(size)) {
      throw new IllegalArgumentException("words: expected " + wordsFor(size) + " for " + size + " positions, got " + words.length);
    }
  }

  static int wordsFor(long size) {
    return Math.toIntExact((size + Long.SIZE - 1) / Long.SIZE);
  }

  /** No position active. */
  static PackedMask none(long size) {
    return new PackedMask(size, new long[wordsFor(size)]);
  }

  /** Makes a position active; only while the mask is being made. */
  void activate(long position) {
    words[(int) (position >>> 6)] |= 1L << position;
  }

  long active() {
    return IntStream.range(0, words.length).mapToLong(i -> Long.bitCount(words[i])).sum();
  }

  /** The fraction of positions at which two masks differ, by the reference's formula: one minus the fraction at which they agree. */
  double distance(PackedMask other) {
    long differences = IntStream.range(0, words.length).mapToLong(i -> Long.bitCount(words[i] ^ other.words[i])).sum();
    return 1 - (size - differences) / (double) size;
  }
}
