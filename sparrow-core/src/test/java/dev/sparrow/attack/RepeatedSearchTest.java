package dev.sparrow.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.Arithmetic;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
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

/** Rows go through their attempts at their own pace, and are done when they are broken or have no attempt left. */
class RepeatedSearchTest {

  private static final Seed SEED = new Seed(3);

  private final LinearClassifier model = LinearClassifier.random(1, 2, 1);
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    model.close();
  }

  @Test
  void everyRowGoesThroughItsAttemptsAtItsOwnPace() {
    Countdown search = new Countdown(2);
    try (TensorTable table = table(1, 3)) { // attempts of one and of three iterations, which break nothing
      search.begin(model, table, SEED);
      assertState(table, new long[] {0, 0}, new boolean[] {false, false});
      search.advance(model, table, SEED);
      assertState(table, new long[] {1, 0}, new boolean[] {false, false});
      search.advance(model, table, SEED);
      assertState(table, new long[] {1, 0}, new boolean[] {true, false});
      table.keep(Tensors.ofLongs(new long[] {1}, 1));
      search.advance(model, table, SEED);
      assertState(table, new long[] {1}, new boolean[] {false});
      for (int i = 0; i < 3; i++) {
        assertThat(Tensors.toBooleans(table.get(Search.DONE))).containsExactly(false);
        search.advance(model, table, SEED);
      }
      assertState(table, new long[] {1}, new boolean[] {true});
      assertThat(Tensors.toBooleans(table.get(Search.BROKEN))).containsExactly(false);
      assertThat(search.starts).containsExactly("1:0", "3:0", "1:1", "3:1");
    }
  }

  @Test
  void aBrokenRowIsDoneInTheMiddleOfAnAttemptAndKeepsWhatBrokeIt() {
    Countdown search = new Countdown(3);
    try (TensorTable table = table(12, 2)) { // the first is broken two iterations before the end of its second attempt
      search.begin(model, table, SEED);
      int advances = 0;
      while (!Tensors.toBooleans(table.get(Search.DONE))[0]) {
        search.advance(model, table, SEED);
        advances++;
        if (Tensors.toBooleans(table.get(Search.DONE)).length > 1 && Tensors.toBooleans(table.get(Search.DONE))[1]) {
          table.keep(Tensors.ofLongs(new long[] {0}, 1));
        }
      }
      assertThat(advances).isEqualTo(12 + 10);
      assertThat(Tensors.toLongs(table.get(RepeatedSearch.ATTEMPT))).containsExactly(1);
      assertThat(Tensors.toBooleans(table.get(Search.BROKEN))).containsExactly(true);
      assertThat(Tensors.toFloats(table.get(Search.ADVERSARIAL))).containsExactly(0.75f, 0.75f, 0.75f);
      assertThat(search.starts).containsExactly("12:0", "2:0", "2:1", "2:2", "12:1");
    }
  }

  @Test
  void attemptsThatAreOverAtOnceFollowEachOther() {
    Countdown search = new Countdown(4);
    try (TensorTable table = table(0, 1)) {
      search.begin(model, table, SEED);
      assertState(table, new long[] {3, 0}, new boolean[] {true, false});
      assertThat(search.starts).containsExactly("0:0", "1:0", "0:1", "0:2", "0:3");
      assertThat(Tensors.toFloats(table.get(Search.ADVERSARIAL))).containsOnly(0.5f);
    }
  }

  @Test
  void rowsThatJoinBeginWithTheirFirstAttempt() {
    Countdown search = new Countdown(2);
    try (TensorTable table = table(1);
        TensorTable more = table(2)) {
      search.begin(model, table, SEED);
      search.advance(model, table, SEED);
      search.begin(model, more, SEED);
      table.append(more);
      assertState(table, new long[] {1, 0}, new boolean[] {false, false});
      search.advance(model, table, SEED);
      assertState(table, new long[] {1, 0}, new boolean[] {true, false});
    }
  }

  private static TensorTable table(long... ids) {
    float[] grey = new float[3 * ids.length];
    Arrays.fill(grey, 0.5f);
    return Search.table(ids, Tensors.ofFloats(grey, ids.length, 3, 1, 1), Tensors.ofLongs(new long[ids.length], ids.length));
  }

  private static void assertState(TensorTable table, long[] attempts, boolean[] done) {
    assertThat(Tensors.toLongs(table.get(RepeatedSearch.ATTEMPT))).containsExactly(attempts);
    assertThat(Tensors.toBooleans(table.get(Search.DONE))).containsExactly(done);
  }

  /** Each attempt counts down from the row's id; in attempts after the first, a row with more than ten to count is broken at two. */
  private static final class Countdown implements RepeatedSearch {

    private final int attempts;
    private final List<String> starts = new ArrayList<>();

    Countdown(int attempts) {
      this.attempts = attempts;
    }

    @Override
    public String name() {
      return "countdown";
    }

    @Override
    public ThreatModel threatModel() {
      return new ThreatModel(Norm.LINF, new Epsilon(0.25));
    }

    @Override
    public int attempts(Classifier model) {
      return attempts;
    }

    @Override
    public void start(Classifier model, TensorTable rows, Seed seed) {
      long[] ids = Tensors.toLongs(rows.get(ID));
      for (int i = 0; i < ids.length; i++) {
        starts.add(ids[i] + ":" + Tensors.toLongs(rows.get(ATTEMPT))[i]);
      }
      rows.put("left", rows.get(ID));
      rows.put(OVER, rows.get("left").logical_not());
    }

    @Override
    public void iterate(Classifier model, TensorTable table, Seed seed) {
      table.put("left", Arithmetic.plus(table.get("left"), -1));
      table.put(OVER, table.get("left").logical_not());
      Tensor high = Arithmetic.atLeast(table.get(ID), 11).logical_and(table.get(ATTEMPT));
      Tensor two = Arithmetic.plus(table.get("left"), -2).logical_not();
      Search.found(table, high.logical_and(two), Arithmetic.plus(table.get(IMAGE), 0.25));
    }
  }
}
