package dev.sparrow.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.analysis.GradientSaliency.Product;
import dev.sparrow.report.AdversarialExamples;
import dev.sparrow.report.AdversarialExamples.Item;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.testing.LinearClassifier;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {

  private static final int SIZE = 2;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  /** Class k looks at place k alone, with weight k + 1. */
  private static LinearClassifier looksAtOnePlace() {
    float[][] weight = new float[SIZE * SIZE][PIXELS];
    for (int k = 0; k < weight.length; k++) {
      weight[k][k] = k + 1;
    }
    return new LinearClassifier(SIZE, weight, new float[SIZE * SIZE]);
  }

  private static Item item(long label, long before, long after) {
    return new Item(new float[PIXELS], new float[PIXELS], label, before, after);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void eachMapExplainsThePredictionOfItsImageWhateverTheBatches(int batchSize) {
    List<Item> items = List.of(item(0, 0, 3), item(1, 2, 2), item(3, 1, 0));
    AdversarialExamples examples = new AdversarialExamples("none", SIZE, List.of("a", "b", "c", "d"), items);
    try (LinearClassifier model = looksAtOnePlace()) {
      Explanation explanation = new Explanation(new GradientSaliency(model, Product.NONE), DeviceSpec.CPU, batchSize);
      List<ExplainedImage> explained = explanation.of(examples);
      assertThat(explained.stream().map(image -> image.example().after())).containsExactly("d", "c", "a");
      for (int i = 0; i < items.size(); i++) {
        float[] clean = new float[SIZE * SIZE];
        float[] adversarial = new float[SIZE * SIZE];
        clean[(int) items.get(i).before()] = items.get(i).before() + 1;
        adversarial[(int) items.get(i).after()] = items.get(i).after() + 1;
        assertThat(explained.get(i).cleanMap().values()).containsExactly(clean);
        assertThat(explained.get(i).adversarialMap().values()).containsExactly(adversarial);
      }
    }
  }

  @Test
  void shiftAndOverlapCompareBothMaps() {
    AdversarialExamples examples = new AdversarialExamples("none", SIZE, List.of(), List.of(item(0, 0, 3), item(0, 2, 2)));
    try (LinearClassifier model = looksAtOnePlace()) {
      List<ExplainedImage> explained = new Explanation(new GradientSaliency(model, Product.NONE), DeviceSpec.CPU, 2).of(examples);
      assertThat(explained.get(0).overlap()).isEqualTo(0, ROUNDING);
      assertThat(explained.get(0).shift()).isEqualTo(Math.sqrt(0.5), ROUNDING); // from (1/4, 1/4) to (3/4, 3/4)
      assertThat(explained.get(1).overlap()).isEqualTo(1, ROUNDING);
      assertThat(explained.get(1).shift()).isEqualTo(0, ROUNDING);
    }
  }
}
