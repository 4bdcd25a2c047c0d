package dev.sparrow.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sparrow.mask.Mask;

/**
 * How far two masks agree, next to what random masks of the same densities would.
 *
 * <p>The expected numbers are those of masks drawn uniformly in each layer with as many active weights as the two have. The expected
 * distance is exact; the expected Jaccard index is the ratio of the expected numbers of shared and of all active weights.
 *
 * @param size weights
 * @param firstActive active weights of the first mask
 * @param secondActive active weights of the second
 * @param shared weights that are active in both
 * @param expectedShared how many they would be for random masks
 */
@JsonPropertyOrder({
  "size", "firstActive", "secondActive", "shared", "expectedShared", "jaccard", "expectedJaccard", "overlap", "distance", "expectedDistance"
})
public record MaskOverlap(long size, long firstActive, long secondActive, long shared, double expectedShared) {

  /** Of no weights at all. */
  static final MaskOverlap NONE = new MaskOverlap(0, 0, 0, 0, 0);

  /**
   * Compares two masks of one layer.
   *
   * @param first a mask, borrowed
   * @param second a mask of the same shape, borrowed
   * @return their agreement
   */
  public static MaskOverlap of(Mask first, Mask second) {
    long shared = (first.active() + second.active() - first.differences(second)) / 2;
    return new MaskOverlap(first.size(), first.active(), second.active(), shared, first.density() * second.active());
  }

  /** Of the weights of both comparisons together. */
  MaskOverlap plus(MaskOverlap other) {
    return new MaskOverlap(
        size + other.size,
        firstActive + other.firstActive,
        secondActive + other.secondActive,
        shared + other.shared,
        expectedShared + other.expectedShared);
  }

  /**
   * The Jaccard index.
   *
   * @return shared weights over those that are active in either, in [0, 1]; 1 if there are none
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double jaccard() {
    return ratio(shared, firstActive + secondActive - shared);
  }

  /**
   * The Jaccard index that random masks would have.
   *
   * @return in [0, 1]
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double expectedJaccard() {
    return ratio(expectedShared, firstActive + secondActive - expectedShared);
  }

  /**
   * The overlap coefficient: whether the sparser mask lies within the other.
   *
   * @return shared weights over the active ones of the sparser mask, in [0, 1]; 1 if that has none
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double overlap() {
    return ratio(shared, Math.min(firstActive, secondActive));
  }

  /**
   * The normalised Hamming distance.
   *
   * @return fraction of the weights at which the masks differ
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double distance() {
    return (firstActive + secondActive - 2 * shared) / (double) size;
  }

  /**
   * The normalised Hamming distance that random masks would have.
   *
   * @return in [0, 1]
   */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public double expectedDistance() {
    return (firstActive + secondActive - 2 * expectedShared) / size;
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 1 : part / whole;
  }
}
