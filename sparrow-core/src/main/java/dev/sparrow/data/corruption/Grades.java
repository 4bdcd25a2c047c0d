package dev.sparrow.data.corruption;

import dev.sparrow.BadInput;
import java.util.List;

/**
 * The published constants of one kind of corruption, one per severity: those of CIFAR-10-C, made for 32x32 pixels, and those of
 * Tiny-ImageNet-C, made for 64x64.
 *
 * @param cifar five, for images of less than 48 pixels
 * @param tinyImageNet five, for larger images
 * @param <T> a number, or several in a record
 */
record Grades<T>(List<T> cifar, List<T> tinyImageNet) {

  /** Half way between the sizes that constants were published for. */
  private static final int LARGE = 48;

  /** The constants of a severity for images of a size. */
  T at(int severity, int size) {
    if (severity < Corruption.MILDEST || severity > Corruption.STRONGEST) {
      throw BadInput.usage("severity", "a whole number from " + Corruption.MILDEST + " to " + Corruption.STRONGEST, severity);
    }
    return (size < LARGE ? cifar : tinyImageNet).get(severity - Corruption.MILDEST);
  }
}
