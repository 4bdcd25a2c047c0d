package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sparrow.analysis.ImportanceMap.Place;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImportanceMapTest {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  @Test
  void scalesToOneAndLeavesZerosAlone() {
    assertThat(new ImportanceMap(1, 3, new float[] {1, 4, 0}).scaled()).containsExactly(0.25f, 1, 0);
    assertThat(new ImportanceMap(1, 2, new float[2]).scaled()).containsExactly(0, 0);
  }

  /** Centres of four places lie at 1/8, 3/8, 5/8 and 7/8, those of two at 1/4 and 3/4: shares 0, 1/4, 3/4 and 1 of the way. */
  @Test
  void resizesBetweenCentres() {
    ImportanceMap map = new ImportanceMap(2, 2, new float[] {0, 8, 16, 24});
    assertThat(map.resized(4).values())
        .containsExactly(
            0, 2, 6, 8,
            4, 6, 10, 12,
            12, 14, 18, 20,
            16, 18, 22, 24);
    assertThat(map.resized(2).values()).containsExactly(0, 8, 16, 24);
    assertThat(map.resized(1).values()).containsExactly(12);
    assertThat(new ImportanceMap(1, 1, new float[] {3}).resized(2).values()).containsExactly(3, 3, 3, 3);
  }

  @Test
  void centreIsTheMeanPlace() {
    assertThat(new ImportanceMap(2, 2, new float[] {0, 0, 0, 5}).centre()).isEqualTo(new Place(0.75, 0.75));
    Place between = new ImportanceMap(2, 4, new float[] {3, 0, 0, 1, 0, 0, 0, 0}).centre();
    assertThat(between.row()).isEqualTo(0.25, ROUNDING);
    assertThat(between.column()).isEqualTo((3 * 0.125 + 0.875) / 4, ROUNDING);
    assertThat(new ImportanceMap(3, 3, new float[9]).centre().distance(new Place(0.5, 0.5))).isEqualTo(0, ROUNDING);
    assertThat(new Place(0, 0).distance(new Place(0.3, 0.4))).isEqualTo(0.5, ROUNDING);
  }

  @Test
  void overlapComparesShares() {
    ImportanceMap map = new ImportanceMap(1, 4, new float[] {1, 1, 2, 0});
    assertThat(map.overlap(new ImportanceMap(1, 4, new float[] {3, 3, 6, 0}))).isEqualTo(1, ROUNDING);
    assertThat(map.overlap(new ImportanceMap(1, 4, new float[] {0, 0, 0, 1}))).isEqualTo(0, ROUNDING);
    assertThat(map.overlap(new ImportanceMap(1, 4, new float[] {1, 0, 1, 2}))).isEqualTo(0.5, ROUNDING); // 1/4 and 1/4
    assertThat(map.overlap(new ImportanceMap(1, 4, new float[4]))).isEqualTo(0.75, ROUNDING); // zeros count as uniform
  }

  @Test
  void refusesAnotherSize() {
    ImportanceMap map = new ImportanceMap(1, 4, new float[4]);
    assertThatIllegalArgumentException().isThrownBy(() -> new ImportanceMap(2, 2, new float[3])).withMessage("values: expected 4, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.overlap(new ImportanceMap(2, 2, new float[4])))
        .withMessage("map: expected 1x4, got 2x2");
  }
}
