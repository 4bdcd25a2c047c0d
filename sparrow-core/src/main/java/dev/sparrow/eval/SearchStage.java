package dev.sparrow.eval;

import dev.sparrow.attack.Search;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.TensorTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A search over a stream of images. A table of at most a batch is advanced; rows that are done leave at once, and others join as soon as a
 * quarter of the table is free, so that batches stay nearly full to the end and joining rows do not begin one by one. What the search gives
 * for broken waits until there is a batch of it, and is then verified.
 */
final class SearchStage implements Stage {

  private static final int REFILLS_PER_TABLE = 4;
  private static final String TABLE = "search.";

  private final Course course;
  private final Search search;
  private final ImageQueue queue;
  private final TensorTable table = new TensorTable();
  private final ClaimBuffer claims;

  /**
   * A search that begins or goes on.
   *
   * @param course what it shares with its steps
   * @param search the attack
   * @param position first image to look at
   * @param stored what {@link #state} gave; empty at the beginning
   */
  SearchStage(Course course, Search search, int position, NamedTensors stored) {
    this.course = course;
    this.search = search;
    this.queue = course.queue(position);
    this.claims = new ClaimBuffer(course);
    claims.restore(stored);
    stored.forEach(
        (name, column) -> {
          if (name.startsWith(TABLE)) {
            table.put(name.substring(TABLE.length()), column);
          }
        });
  }

  @Override
  public boolean step() {
    refill();
    if (table.rows() == 0) {
      claims.verifyAll();
      return false;
    }
    try (TensorScope scope = TensorScope.open()) {
      search.advance(course.observed(), table, course.seed());
    }
    harvest(table);
    return true;
  }

  /** Lets rows join while enough are free. Some are done as soon as they begin. */
  private void refill() {
    int wanted = course.batchSize() - (int) table.rows();
    int least = (course.batchSize() + REFILLS_PER_TABLE - 1) / REFILLS_PER_TABLE;
    while (wanted >= least) {
      ImageQueue.Images images = queue.next(wanted);
      if (images.size() == 0) {
        return;
      }
      try (TensorScope scope = TensorScope.open();
          TensorTable joining = begin(images)) {
        harvest(joining);
        if (joining.rows() > 0) {
          table.append(joining);
        }
      }
      wanted = course.batchSize() - (int) table.rows();
    }
  }

  private TensorTable begin(ImageQueue.Images images) {
    DeviceBatch batch = course.take(images);
    TensorTable joining = Search.table(images.ids(), batch.images(), batch.labels());
    search.begin(course.observed(), joining, course.seed());
    return joining;
  }

  /** Lets the rows leave that are done. */
  private void harvest(TensorTable rows) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor done = rows.get(Search.DONE);
      Tensor staying = done.logical_not().nonzero().flatten();
      if (staying.size(0) < rows.rows()) {
        Tensor broken = done.logical_and(rows.get(Search.BROKEN)).nonzero().flatten();
        if (broken.size(0) > 0) {
          claims.add(rows, broken);
        }
        rows.keep(staying);
      }
      course.observed().requireFinite(search);
    }
  }

  @Override
  public int position() {
    return queue.position();
  }

  @Override
  public int inFlight() {
    return (int) table.rows() + claims.size();
  }

  @Override
  public NamedTensors state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    if (table.rows() > 0) {
      table.columns().forEach((name, column) -> state.put(TABLE + name, column));
    }
    claims.store(state);
    return new NamedTensors(state);
  }

  @Override
  public void close() {
    queue.close();
    table.close();
    claims.close();
  }
}
