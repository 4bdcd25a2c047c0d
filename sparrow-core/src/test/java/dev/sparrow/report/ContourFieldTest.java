package dev.sparrow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Line2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContourFieldTest {

  /** A plane: twice the horizontal place plus the vertical one, on a grid of three by three. */
  private static final ContourField PLANE =
      new ContourField(List.of(List.of(0.0, 1.0, 2.0), List.of(0.5, 1.5, 2.5), List.of(1.0, 2.0, 3.0)));

  @Test
  void isBilinearBetweenThePlaces() {
    assertThat(PLANE.at(0, 0)).isZero();
    assertThat(PLANE.at(1, 1)).isEqualTo(3);
    assertThat(PLANE.at(0.3, 0.8)).isCloseTo(2 * 0.3 + 0.8, within(1e-12));
    assertThat(PLANE.share(1.5)).isEqualTo(0.5);
    assertThat(PLANE.value(0.5)).isEqualTo(1.5);
    ContourField saddle = new ContourField(List.of(List.of(0.0, 1.0), List.of(1.0, 0.0)));
    assertThat(saddle.at(0.5, 0.5)).isEqualTo(0.5);
    assertThat(saddle.contour(0.5, 1)).hasSize(2);
  }

  @Test
  void aContourGoesWhereTheValueIs() {
    List<Line2D> pieces = PLANE.contour(1.25, 100);
    assertThat(pieces).hasSizeGreaterThanOrEqualTo(2);
    for (Line2D piece : pieces) {
      assertThat(PLANE.at(piece.getX1() / 100, 1 - piece.getY1() / 100)).isCloseTo(1.25, within(1e-9));
      assertThat(PLANE.at(piece.getX2() / 100, 1 - piece.getY2() / 100)).isCloseTo(1.25, within(1e-9));
    }
  }

  @Test
  void whatIsFlatHasNoContoursAndOneColour() {
    ContourField flat = new ContourField(List.of(List.of(2.0, 2.0), List.of(2.0, 2.0)));
    assertThat(flat.share(2)).isZero();
    assertThat(flat.contour(2, 1)).isEmpty();
  }
}
