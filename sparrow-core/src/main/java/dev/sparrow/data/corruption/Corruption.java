package dev.sparrow.data.corruption;

import dev.sparrow.BadInput;

/** One way in which images go bad without anyone's intent: noise, blur, weather, or a bad camera. Stateless. */
@FunctionalInterface
public interface Corruption {

  /** The mildest severity. */
  int MILDEST = 1;

  /** The strongest severity. */
  int STRONGEST = 5;

  /**
   * Corrupts an image.
   *
   * @param image unchanged
   * @param severity from {@value #MILDEST} to {@value #STRONGEST}
   * @param draws the only source of randomness
   * @return a fresh image with values in [0, 1]
   * @throws BadInput if there is no such severity
   */
  Picture apply(Picture image, int severity, Draws draws);
}
