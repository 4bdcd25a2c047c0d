package dev.sparrow.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final float LOWEST = Float.NEGATIVE_INFINITY;

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void comparesOverAllTensors() {
    NamedTensors values = two(new float[] {3, -1, 5, 0}, new float[] {4, 2});
    assertMarked(values, 1, "0010", "00");
    assertMarked(values, 3, "1010", "10");
    assertMarked(values, 5, "1011", "11");
    assertMarked(values, 6, "1111", "11");
  }

  @Test
  void amongEqualElementsTheEarlierOnesWin() {
    NamedTensors values = two(new float[] {1, 2, 1, 1}, new float[] {1, 2});
    assertMarked(values, 1, "0100", "00");
    assertMarked(values, 2, "0100", "01");
    assertMarked(values, 3, "1100", "01");
    assertMarked(values, 5, "1111", "01");
  }

  @Test
  void infinitiesAndBothZerosHaveTheirPlace() {
    NamedTensors values = two(new float[] {LOWEST, -0f, 0, LOWEST}, new float[] {Float.POSITIVE_INFINITY, LOWEST});
    assertMarked(values, 1, "0000", "10");
    assertMarked(values, 2, "0100", "10");
    assertMarked(values, 3, "0110", "10");
    assertMarked(values, 4, "1110", "10");
  }

  /** Against a stable sort, with many ties. */
  @Test
  void agreesWithSorting() {
    SplittableRandom random = new SplittableRandom(1);
    for (int size : new int[] {2, 3, 17, 64, 1000}) {
      float[] first = random.ints(size, -5, 6).collect(() -> new Floats(size), Floats::add, (a, b) -> {}).values;
      float[] all = Arrays.copyOf(first, size + 1);
      all[size] = 1;
      NamedTensors values = two(first, new float[] {1});
      for (int count = 1; count <= size + 1; count += 1 + size / 7) {
        boolean[] expected = new boolean[size + 1];
        IntStream.range(0, size + 1).boxed().sorted(Comparator.comparing(i -> -all[i])).limit(count).forEach(i -> expected[i] = true);
        NamedTensors marked = Ranking.largest(values, count);
        assertThat(text(marked.get("a")) + text(marked.get("b"))).isEqualTo(text(expected));
      }
    }
  }

  private static final class Floats {
    private final float[] values;
    private int size;

    private Floats(int capacity) {
      values = new float[capacity];
    }

    private void add(int value) {
      values[size++] = value;
    }
  }

  private static NamedTensors two(float[] first, float[] second) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", first.length % 2 == 0 ? Tensors.ofFloats(first, 2, first.length / 2) : Tensors.ofFloats(first, first.length));
    tensors.put("b", Tensors.ofFloats(second, second.length));
    return new NamedTensors(tensors);
  }

  private static void assertMarked(NamedTensors values, long count, String first, String second) {
    NamedTensors marked = Ranking.largest(values, count);
    assertThat(Tensors.shape(marked.get("a"))).isEqualTo(Tensors.shape(values.get("a")));
    assertThat(Tensors.isBoolean(marked.get("a"))).isTrue();
    assertThat(text(marked.get("a")) + " " + text(marked.get("b"))).isEqualTo(first + " " + second);
  }

  private static String text(Tensor marked) {
    StringBuilder text = new StringBuilder();
    for (long one : Tensors.toLongs(marked)) {
      text.append(one);
    }
    return text.toString();
  }

  private static String text(boolean[] marked) {
    StringBuilder text = new StringBuilder();
    for (boolean one : marked) {
      text.append(one ? 1 : 0);
    }
    return text.toString();
  }
}
