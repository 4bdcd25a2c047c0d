package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LinfPgdTest {

  private static final float[] IMAGE = {0.5f, 0.05f, 0.95f, 0.5f, 0.5f};

  @Test
  void aStepFollowsTheSignAndStaysInBallAndBox() {
    LinfPgd pgd = new LinfPgd(new Epsilon(0.125), new Epsilon(0.1), 1, false);
    float[] adversarial = IMAGE.clone();
    float[] gradient = {1e-20f, -7, 3, -0f, 0};
    pgd.climb(IMAGE, gradient, adversarial);
    assertThat(adversarial).containsExactly(new float[] {0.6f, 0, 1, 0.5f, 0.5f}, within(1e-7f));
    pgd.climb(IMAGE, gradient, adversarial);
    assertThat(adversarial).containsExactly(new float[] {0.625f, 0, 1, 0.5f, 0.5f}, within(1e-7f));
    gradient[0] = -1;
    for (int step = 0; step < 3; step++) {
      pgd.climb(IMAGE, gradient, adversarial);
    }
    assertThat(adversarial[0]).isEqualTo(0.375f);
  }

  @Test
  void nanIsNotHidden() {
    LinfPgd pgd = new LinfPgd(new Epsilon(0.125), new Epsilon(0.1), 1, false);
    float[] adversarial = IMAGE.clone();
    pgd.climb(IMAGE, new float[] {Float.NaN, 0, 0, 0, 0}, adversarial);
    assertThat(adversarial).containsExactly(Float.NaN, 0.05f, 0.95f, 0.5f, 0.5f);
  }

  @Test
  void startsAtTheImageItself() {
    float[] adversarial = new float[IMAGE.length];
    new LinfPgd(new Epsilon(0.125), new Epsilon(0.1), 1, false).start(IMAGE, new Seed(1), adversarial);
    assertThat(adversarial).containsExactly(IMAGE);
  }

  @Test
  void startsUniformlyInTheBallIfAtRandom() {
    LinfPgd pgd = new LinfPgd(new Epsilon(0.25), new Epsilon(0.1), 1, true);
    int pixels = 40_000;
    float[] grey = new float[pixels];
    Arrays.fill(grey, 0.5f);
    float[] start = new float[pixels];
    pgd.start(grey, new Seed(1), start);
    int[] quarters = new int[4];
    for (float pixel : start) {
      assertThat(pixel).isBetween(0.25f, 0.75f);
      quarters[Math.min(3, (int) ((pixel - 0.25f) * 8))]++;
    }
    for (int count : quarters) {
      assertThat(count).isCloseTo(pixels / 4, within(400));
    }
    float[] again = new float[pixels];
    pgd.start(grey, new Seed(1), again);
    assertThat(again).containsExactly(start);
    pgd.start(grey, new Seed(2), again);
    assertThat(again).isNotEqualTo(start);
    pgd.start(IMAGE, new Seed(1), start);
    assertThat(start[1]).isBetween(0f, 0.3f);
    assertThat(start[2]).isBetween(0.7f, 1f);
  }

  @Test
  void aBallOfRadiusZeroIsItsCentre() {
    LinfPgd pgd = new LinfPgd(new Epsilon(0), new Epsilon(0.1), 1, true);
    float[] adversarial = new float[IMAGE.length];
    pgd.start(IMAGE, new Seed(1), adversarial);
    pgd.climb(IMAGE, new float[] {1, 1, 1, 1, 1}, adversarial);
    assertThat(adversarial).containsExactly(IMAGE);
  }

  @Test
  void refusesNoSteps() {
    assertThatThrownBy(() -> new LinfPgd(new Epsilon(0.1), new Epsilon(0.1), 0, true)).isInstanceOf(BadInput.class)
        .hasMessage("attack steps: expected a whole number of at least 1, got 0");
  }
}
