package dev.sparrow.eval;

import dev.sparrow.attack.Search;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import dev.sparrow.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Images that a search gives for broken, until they are verified. That takes a forward pass, which costs about as much for one image as for
 * many on a GPU, so it waits for a whole batch.
 */
final class ClaimBuffer implements AutoCloseable {

  private static final String PREFIX = "claims.";
  private static final List<String> COLUMNS = List.of(Search.ID, Search.IMAGE, Search.LABEL, Search.ADVERSARIAL);

  private final Course course;
  private final TensorTable claims = new TensorTable();

  ClaimBuffer(Course course) {
    this.course = course;
  }

  /** Number of images that wait. */
  int size() {
    return (int) claims.rows();
  }

  /**
   * Takes images in, and verifies a batch if there is one.
   *
   * @param table of the search
   * @param rows [n] int64, the rows that are broken
   */
  void add(TensorTable table, Tensor rows) {
    try (TensorScope scope = TensorScope.open();
        TensorTable more = new TensorTable()) {
      COLUMNS.forEach(name -> more.put(name, table.get(name).index_select(0, rows)));
      claims.append(more);
    }
    while (size() >= course.batchSize()) {
      verify(course.batchSize());
    }
  }

  /** Verifies what is left. */
  void verifyAll() {
    if (size() > 0) {
      verify(size());
    }
  }

  private void verify(int count) {
    try (TensorScope scope = TensorScope.open();
        TensorTable first = claims.select(range(0, count))) {
      long[] ids = Tensors.toLongs(first.get(Search.ID));
      course.judge(ids, first.get(Search.IMAGE), first.get(Search.LABEL), first.get(Search.ADVERSARIAL), true);
      claims.keep(range(count, size()));
    }
  }

  private Tensor range(int from, int to) {
    return Tensors.toDevice(Tensors.ofLongs(LongStream.range(from, to).toArray(), to - from), course.device().toDevice());
  }

  /** Adds the columns to what is stored, borrowed. */
  void store(Map<String, Tensor> state) {
    if (size() > 0) {
      claims.columns().forEach((name, column) -> state.put(PREFIX + name, column));
    }
  }

  /** Takes over what was stored. */
  void restore(NamedTensors stored) {
    stored.forEach(
        (name, column) -> {
          if (name.startsWith(PREFIX)) {
            claims.put(name.substring(PREFIX.length()), column);
          }
        });
  }

  @Override
  public void close() {
    claims.close();
  }
}
