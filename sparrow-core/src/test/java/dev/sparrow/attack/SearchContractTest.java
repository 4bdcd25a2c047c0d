package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Golden;
import dev.sparrow.testing.LinearClassifier;
import dev.sparrow.units.Epsilon;
import dev.sparrow.units.Norm;
import dev.sparrow.units.Seed;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every search must do besides what every attack must. A new search is one row of {@link #searches()}. */
class SearchContractTest {

  private static final int SIZE = 4;
  private static final int CLASSES = 5;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final int N = 12;
  private static final Seed SEED = new Seed(11);

  /** Radii with which some of the images fall and others stand. */
  static Stream<Named<Search>> searches() {
    ThreatModel linf = new ThreatModel(Norm.LINF, new Epsilon(0.06));
    ThreatModel small = new ThreatModel(Norm.LINF, new Epsilon(0.03));
    ThreatModel l2 = new ThreatModel(Norm.L2, new Epsilon(0.3));
    return Stream.<Search>of(
            new Apgd(small, Aim.CROSS_ENTROPY, 12, 2, 1),
            new Apgd(l2, Aim.DLR, 12, 2, 2),
            new Apgd(small, Aim.towards(9), 6, 1, 1),
            new Square(linf, 30),
            new Square(l2, 30),
            new Fab(small, 4, 2),
            new Fab(l2, 4, 2),
            new TargetedFab(small, 9, 3, 1),
            new TargetedFab(l2, 2, 3, 2),
            new CarliniWagnerL2(new Epsilon(0.3), 30))
        .map(search -> Named.of(search.toString(), search));
  }

  private final LinearClassifier model = LinearClassifier.random(SIZE, CLASSES, 3);
  private TensorScope scope;
  private Tensor images;
  private Tensor labels;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    images = Tensors.ofFloats(Golden.images(4, N, SIZE), N, 3, SIZE, SIZE);
    Attack any = new Fgsm(new ThreatModel(Norm.L2, new Epsilon(0)), CrossEntropy.INSTANCE);
    labels = Arithmetic.argmax(Verification.logits(model, any, images));
  }

  @AfterEach
  void close() {
    scope.close();
    model.close();
  }

  @ParameterizedTest
  @MethodSource("searches")
  void saysBrokenOfWhatIsMisclassifiedWithinTheThreatModel(Search search) {
    Map<Long, float[]> broken = run(search, N, 0, false);
    assertThat(broken).as("images that fall").isNotEmpty().hasSizeLessThan(N);
    broken.forEach(
        (id, adversarial) -> {
          try (TensorScope inner = TensorScope.open()) {
            Tensor row = Tensors.ofLongs(new long[] {id}, 1);
            Tensor image = Tensors.ofFloats(adversarial, 1, 3, SIZE, SIZE);
            Verdict verdict = Verification.of(model, search, images.index_select(0, row), labels.index_select(0, row), image);
            assertThat(Tensors.toBooleans(verdict.broken())).as("image %d", id).containsExactly(true);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("searches")
  void rowsThatJoinLaterFareAsInOneBatch(Search search) {
    Map<Long, float[]> together = run(search, N, 0, false);
    Map<Long, float[]> oneByOne = run(search, 2, 1, false);
    assertThat(oneByOne.keySet()).isEqualTo(together.keySet());
    together.forEach((id, adversarial) -> assertThat(oneByOne.get(id)).as("image %d", id).containsExactly(adversarial, within(1e-5f)));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void allStateIsInTheTable(Search search) {
    Map<Long, float[]> expected = run(search, N, 0, false);
    Map<Long, float[]> copied = run(search, N, 0, true);
    assertThat(copied.keySet()).isEqualTo(expected.keySet());
    expected.forEach((id, adversarial) -> assertThat(copied.get(id)).as("image %d", id).containsExactly(adversarial));
  }

  /**
   * Drives a search to its end.
   *
   * @param first number of images that begin together
   * @param joining number of those that join after each iteration until all have
   * @param copying whether the table is replaced by a copy after each iteration, in another order
   * @return the adversarial images of the broken ones by id
   */
  private Map<Long, float[]> run(Search search, int first, int joining, boolean copying) {
    Map<Long, float[]> broken = new TreeMap<>();
    int next = first;
    TensorTable table = begun(search, 0, first);
    collect(table, broken);
    while (table.rows() > 0 || next < N) {
      if (next < N) {
        try (TensorTable more = begun(search, next, next + joining)) {
          collect(more, broken); // a search may find something before its first iteration
          table.append(more);
        }
        next += joining;
      }
      if (copying) {
        long rows = table.rows();
        TensorTable copy = table.select(indices(LongStream.range(0, rows).map(i -> rows - 1 - i).toArray()));
        table.close();
        table = copy;
      }
      if (table.rows() > 0) {
        search.advance(model, table, SEED);
        collect(table, broken);
      }
    }
    table.close();
    return broken;
  }

  private TensorTable begun(Search search, long from, long to) {
    try (TensorScope inner = TensorScope.open()) {
      long[] ids = LongStream.range(from, to).toArray();
      TensorTable table = Search.table(ids, images.index_select(0, indices(ids)), labels.index_select(0, indices(ids)));
      search.begin(model, table, SEED);
      return table;
    }
  }

  private static void collect(TensorTable table, Map<Long, float[]> broken) {
    long[] ids = Tensors.toLongs(table.get(Search.ID));
    boolean[] fell = Tensors.toBooleans(table.get(Search.BROKEN));
    boolean[] done = Tensors.toBooleans(table.get(Search.DONE));
    float[] adversarial = Tensors.toFloats(table.get(Search.ADVERSARIAL));
    for (int row = 0; row < ids.length; row++) {
      if (fell[row]) {
        assertThat(done[row]).as("broken rows are done").isTrue();
        broken.put(ids[row], Arrays.copyOfRange(adversarial, row * PIXELS, (row + 1) * PIXELS));
      }
    }
    table.keep(indices(LongStream.range(0, ids.length).filter(row -> !done[(int) row]).toArray()));
  }

  private static Tensor indices(long... rows) {
    return Tensors.ofLongs(rows, rows.length);
  }
}
