package dev.sparrow.report;

import dev.sparrow.report.AdversarialExamples.Item;
import java.util.List;

/** Made-up adversarial images. */
final class Examples {

  private Examples() {}

  /** Two images of 2x2 pixels: a cat that is taken for a dog, and a dog that stays one; the largest change is 1/32. */
  static AdversarialExamples two() {
    float[] grey = {0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.75f, 0.75f, 0.75f, 0.75f};
    float[] changed = grey.clone();
    changed[0] += 1 / 32f;
    changed[5] -= 1 / 64f;
    return new AdversarialExamples("pgd-20", 2, List.of("cat", "dog"), List.of(new Item(grey, changed, 0, 0, 1), new Item(grey, grey, 1, 1, 1)));
  }
}
