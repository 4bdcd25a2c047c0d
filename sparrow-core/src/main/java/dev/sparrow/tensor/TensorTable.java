package dev.sparrow.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Named tensors that all have one row per item: row i of every column belongs to item i. Rows may leave and join, so a computation over
 * many items goes on with full batches while single items come to their end.
 *
 * <p>Owns its columns, whatever scope it is used in: close it. A column that is borrowed with {@link #get} is valid until the column is
 * {@linkplain #put put} again or the rows change.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class TensorTable implements AutoCloseable {

  private final Map<String, Tensor> columns = new LinkedHashMap<>();

  /** A table without columns. */
  public TensorTable() {}

  /**
   * Number of items.
   *
   * @return at least 0; 0 without columns
   */
  public long rows() {
    return columns.isEmpty() ? 0 : columns.values().iterator().next().size(0);
  }

  /**
   * The column of a name.
   *
   * @param name of a column
   * @return [rows, ...], borrowed; may be changed in place
   * @throws IllegalArgumentException if there is none
   */
  public Tensor get(String name) {
    return columns().get(name);
  }

  /**
   * All columns, in the order in which they came.
   *
   * @return borrowed tensors
   */
  public NamedTensors columns() {
    return new NamedTensors(columns);
  }

  /**
   * Adds or replaces a column.
   *
   * @param name of the column
   * @param column [rows, ...], copied
   */
  public void put(String name, Tensor column) {
    if (!columns.isEmpty() && column.size(0) != rows()) {
      throw new IllegalArgumentException("rows of column " + name + ": expected " + rows() + ", got " + column.size(0));
    }
    replace(name, TensorScope.own(() -> column.clone()));
  }

  /**
   * A table of some of the rows.
   *
   * @param indices [n] int64, each in [0, rows)
   * @return a fresh table of n rows in that order, to be closed by the caller
   */
  public TensorTable select(Tensor indices) {
    TensorTable selected = new TensorTable();
    columns.forEach((name, column) -> selected.replace(name, TensorScope.own(() -> column.index_select(0, indices))));
    return selected;
  }

  /**
   * Lets all rows but some leave.
   *
   * @param indices [n] int64, each in [0, rows): the rows that stay, in that order
   */
  public void keep(Tensor indices) {
    columns.keySet().forEach(name -> replace(name, TensorScope.own(() -> columns.get(name).index_select(0, indices))));
  }

  /**
   * Overwrites rows.
   *
   * @param indices [n] int64, each in [0, rows), all different
   * @param rows a table of the same columns with n rows, unchanged
   */
  public void overwrite(Tensor indices, TensorTable rows) {
    try (TensorScope scope = TensorScope.open()) {
      columns.forEach((name, column) -> column.index_copy_(0, indices, rows.get(name)));
    }
  }

  /**
   * Overwrites some rows of one column, and touches no others.
   *
   * @param name of the column
   * @param where [rows] bool: which rows
   * @param values of the column's shape and type; the other rows of it play no part
   */
  public void overwrite(String name, Tensor where, Tensor values) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor indices = where.nonzero().flatten();
      if (indices.size(0) > 0) {
        get(name).index_copy_(0, indices, values.index_select(0, indices));
      }
    }
  }

  /**
   * Lets rows join at the end. An empty table takes over the columns of the other.
   *
   * @param rows a table of the same columns, unchanged
   */
  public void append(TensorTable rows) {
    if (columns.isEmpty()) {
      rows.columns.forEach(this::put);
      return;
    }
    columns.keySet().forEach(name -> replace(name, TensorScope.own(() -> torch.cat(new TensorVector(columns.get(name), rows.get(name))))));
  }

  private void replace(String name, Tensor column) {
    Tensor old = columns.put(name, column);
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    columns.values().forEach(Tensor::close);
    columns.clear();
  }
}
