package dev.sparrow.analysis;

import dev.sparrow.report.AdversarialExample;

/**
 * An image before and after an attack, and what the network looked at. Each map explains the class that the network gave to that image.
 *
 * @param example the image
 * @param cleanMap what mattered in the clean image, S x S
 * @param adversarialMap what mattered in the adversarial image, S x S
 */
public record ExplainedImage(AdversarialExample example, ImportanceMap cleanMap, ImportanceMap adversarialMap) {

  /**
   * How much of both maps lies in the same places.
   *
   * @return in [0, 1], as of {@link ImportanceMap#overlap}
   */
  public double overlap() {
    return cleanMap.overlap(adversarialMap);
  }

  /**
   * How far the attack moved the map's centre of mass.
   *
   * @return in sides of the image
   */
  public double shift() {
    return cleanMap.centre().distance(adversarialMap.centre());
  }
}
