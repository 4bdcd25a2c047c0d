package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a linear model the boundaries are the hyperplanes that FAB takes them for, so that its first iterations can be told beforehand. */
class FabTest {

  private static final int SIZE = 3;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final Seed SEED = new Seed(5);

  private final float[][] weight = new float[4][];
  private final float[] bias = {0.03f, 0, 0, 0};
  private final float[] grey = new float[PIXELS];
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    Arrays.fill(grey, 0.5f);
    for (int k = 0; k < weight.length; k++) {
      weight[k] = Golden.parameter(7, k, "weight", 1, PIXELS);
      double mean = 0;
      for (float w : weight[k]) {
        mean += w / PIXELS;
      }
      for (int i = 0; i < PIXELS; i++) {
        weight[k][i] = (float) (weight[k][i] - mean) / (10 * (k + 1)); // so grey has the biases for logits, and boundaries of other classes differ
      }
    }
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /**
   * With the boundary at distance 1: the first step ends at 1.05. Back at 0.945, the second goes to 0.945 + 1.05 x 0.055 = 1.00275 from there
   * and to 1.05 from the clean image; with the bias 0.055 / 1.055 towards the latter, that is 1.0052.
   */
  @ParameterizedTest
  @EnumSource(Norm.class)
  void comesNearerToTheBoundaryAsPublished(Norm norm) {
    double distance = nearest(norm);
    assertThat(iterationsToBreak(new Fab(threat(norm, 1.051 * distance), 9, 1))).isEqualTo(1);
    assertThat(iterationsToBreak(new Fab(threat(norm, 1.049 * distance), 9, 1))).isEqualTo(2);
    assertThat(iterationsToBreak(new Fab(threat(norm, 1.0055 * distance), 9, 1))).isEqualTo(2);
    assertThat(iterationsToBreak(new Fab(threat(norm, 1.0049 * distance), 2, 1))).isEqualTo(-1);
    assertThat(iterationsToBreak(new Fab(threat(norm, 0.999 * distance), 50, 1))).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void targetedItMeetsEachBoundaryInTheOrderOfTheLogits(Norm norm) {
    float[] ranked = {0.03f, 0.01f, 0.02f, 0.015f};
    System.arraycopy(ranked, 0, bias, 0, 4);
    double nearest = nearest(norm);
    int[] order = {2, 3, 1};
    int attempt = 0;
    while (distance(norm, order[attempt]) > nearest) {
      attempt++;
    }
    assertThat(iterationsToBreak(new TargetedFab(threat(norm, 1.0501 * nearest), 9, 1, 1))).isEqualTo(attempt + 1);
    assertThat(iterationsToBreak(new TargetedFab(threat(norm, 0.999 * nearest), 9, 5, 1))).isEqualTo(-1);
  }

  @Test
  void targetsAndRestartsAreAttempts() {
    float[] ranked = {9, 1, 3, 2}; // no radius here is enough
    System.arraycopy(ranked, 0, bias, 0, 4);
    for (Norm norm : Norm.values()) {
      TargetedFab fab = new TargetedFab(threat(norm, 0.02), 9, 1, 2);
      List<Long> targets = new ArrayList<>();
      List<Double> distances = new ArrayList<>();
      try (LinearClassifier model = new LinearClassifier(SIZE, weight, bias);
          TensorTable table = table()) {
        assertThat(fab.attempts(model)).isEqualTo(6);
        fab.begin(model, table, SEED);
        while (!Tensors.toBooleans(table.get(Search.DONE))[0]) {
          targets.add(Tensors.toLongs(table.get("target"))[0]);
          distances.add(length(norm, Tensors.toFloats(table.get(FabSearch.POINT))));
          fab.advance(model, table, SEED);
        }
      }
      assertThat(targets).containsExactly(2L, 2L, 3L, 3L, 1L, 1L);
      for (int attempt = 0; attempt < 6; attempt++) { // every first one starts at the image, every second one half a radius away
        assertThat(distances.get(attempt)).as("attempt %d", attempt).isCloseTo(attempt % 2 * 0.01, within(1e-7));
      }
    }
  }

  @Test
  void gradientsThatAreNotFiniteAreAnError() {
    weight[0][0] = 3e38f;
    for (int k = 1; k < 4; k++) {
      weight[k][0] = -3e38f; // the difference overflows
    }
    grey[0] = 0;
    try (LinearClassifier model = new LinearClassifier(SIZE, weight, bias);
        TensorTable table = table()) {
      Fab fab = new Fab(threat(Norm.LINF, 0.1), 5, 1);
      fab.begin(model, table, SEED);
      assertThatThrownBy(() -> fab.advance(model, table, SEED))
          .isInstanceOf(AttackFailure.class)
          .hasMessage("input gradients: expected finite numbers, got NaN or infinity (attack fab)");
    }
  }

  @Test
  void refusesNumbersBelowOne() {
    ThreatModel linf = threat(Norm.LINF, 0.1);
    assertThatThrownBy(() -> new Fab(linf, 0, 1))
        .isInstanceOf(BadInput.class)
        .hasMessage("iterations of FAB: expected a whole number of at least 1, got 0");
    assertThatThrownBy(() -> new TargetedFab(linf, 9, 1, 0))
        .isInstanceOf(BadInput.class)
        .hasMessage("restarts of FAB: expected a whole number of at least 1, got 0");
    assertThatThrownBy(() -> new TargetedFab(linf, 0, 1, 1))
        .isInstanceOf(BadInput.class)
        .hasMessage("targets of FAB: expected a whole number of at least 1, got 0");
  }

  /** The number of iterations after which the grey image is broken, or -1. */
  private int iterationsToBreak(Search search) {
    try (LinearClassifier model = new LinearClassifier(SIZE, weight, bias);
        TensorTable table = table()) {
      search.begin(model, table, SEED);
      int iterations = 0;
      while (!Tensors.toBooleans(table.get(Search.DONE))[0]) {
        search.advance(model, table, SEED);
        iterations++;
      }
      return Tensors.toBooleans(table.get(Search.BROKEN))[0] ? iterations : -1;
    }
  }

  private TensorTable table() {
    Tensor image = Tensors.ofFloats(grey, 1, 3, SIZE, SIZE);
    return Search.table(new long[] {0}, image, Tensors.ofLongs(new long[] {0}, 1));
  }

  private double nearest(Norm norm) {
    return Math.min(distance(norm, 1), Math.min(distance(norm, 2), distance(norm, 3)));
  }

  /** From grey to the boundary between class 0 and another: the difference of the logits over its gradient's dual norm. */
  private double distance(Norm norm, int other) {
    double value = (double) bias[other] - bias[0];
    double slope = 0;
    for (int i = 0; i < PIXELS; i++) {
      double w = (double) weight[other][i] - weight[0][i];
      value += w * grey[i];
      slope = norm == Norm.LINF ? slope + Math.abs(w) : Math.hypot(slope, w);
    }
    return -value / slope;
  }

  private double length(Norm norm, float[] point) {
    double length = 0;
    for (int i = 0; i < PIXELS; i++) {
      double change = (double) point[i] - grey[i];
      length = norm == Norm.LINF ? Math.max(length, Math.abs(change)) : Math.hypot(length, change);
    }
    return length;
  }

  private static ThreatModel threat(Norm norm, double eps) {
    return new ThreatModel(norm, new Epsilon(eps));
  }
}
