package dev.sparrow.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.data.Batches;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.units.Density;
import dev.sparrow.units.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PruningRoundsTest {

  private static final float[] FIRST = {1, -6, 3, -2, 5, 4};
  private static final float[] SECOND = {-10, 0.5f, 2, 7};

  private TensorScope scope;
  private Classifier model;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    model = TinyNet.of(FIRST, SECOND);
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
  }

  /** Keeps what it is shown, and prefers weights that are already pruned. */
  private static final class Contrary implements Scorer {

    private final List<String> seen = new ArrayList<>();

    @Override
    public boolean needsImages() {
      return false;
    }

    @Override
    public NamedTensors scores(Subject subject) {
      NamedTensors weights = subject.weights();
      seen.add(text(weights.get(TinyNet.FIRST)) + " " + text(weights.get(TinyNet.SECOND)));
      return weights.map((name, weight) -> weight.abs().neg());
    }

    private static String text(Tensor weights) {
      StringBuilder text = new StringBuilder();
      for (float weight : Tensors.toFloats(weights)) {
        text.append(weight == 0 ? 0 : 1);
      }
      return text.toString();
    }
  }

  /** Of ten weights at density 0.16, round 1 of 2 keeps 10 - int(0.6 * 10) = 4 and round 2 keeps 10 - int(0.84 * 10) = 2. */
  @Test
  void densityFallsGeometricallyAndPrunedWeightsStayPruned() {
    Contrary scorer = new Contrary();
    try (MaskSet masks = run(scorer, new Selection.Global(new Density(0.16)), 2)) {
      assertThat(scorer.seen).containsExactly("111111 1111", "100100 0110"); // 0.5, 1, 2, 2 are the smallest
      assertThat(text(masks)).isEqualTo("100000 0100");
    }
  }

  /** 6 weights at 0.25 and 4 at 1: 6 - int(0.5 * 6) = 3, then 6 - int(0.75 * 6) = 2. */
  @Test
  void eachLayerHasItsOwnCourse() {
    Contrary scorer = new Contrary();
    Selection selection = new Selection.PerLayer(Map.of(TinyNet.FIRST, new Density(0.25), TinyNet.SECOND, Density.DENSE));
    try (MaskSet masks = run(scorer, selection, 2)) {
      assertThat(scorer.seen).containsExactly("111111 1111", "101100 1111");
      assertThat(text(masks)).isEqualTo("100100 1111");
    }
  }

  @Test
  void theWeightsAreRestored() {
    run(new Contrary(), new Selection.Global(new Density(0.16)), 3).close();
    assertThat(Tensors.toFloats(model.parameters().get(TinyNet.FIRST))).isEqualTo(FIRST);
    assertThat(Tensors.toFloats(model.parameters().get(TinyNet.SECOND))).isEqualTo(SECOND);
  }

  @Test
  void theWeightsAreRestoredWhenAScorerFails() {
    Contrary first = new Contrary();
    Scorer failing =
        new Scorer() {
          @Override
          public boolean needsImages() {
            return false;
          }

          @Override
          public NamedTensors scores(Subject subject) {
            if (first.seen.size() == 1) {
              throw new IllegalStateException("second round");
            }
            return first.scores(subject);
          }
        };
    assertThatThrownBy(() -> run(failing, new Selection.Global(new Density(0.16)), 2)).hasMessage("second round");
    assertThat(Tensors.toFloats(model.parameters().get(TinyNet.FIRST))).isEqualTo(FIRST);
  }

  private MaskSet run(Scorer scorer, Selection selection, int rounds) {
    return new PruningRounds(scorer, selection, rounds).run(model, DeviceSpec.CPU, Batches.NONE, new Seed(1));
  }

  private static String text(MaskSet masks) {
    return Subjects.text(masks, TinyNet.FIRST) + " " + Subjects.text(masks, TinyNet.SECOND);
  }
}
