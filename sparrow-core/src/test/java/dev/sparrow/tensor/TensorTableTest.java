package dev.sparrow.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorTableTest {

  private TensorScope scope;
  private TensorTable table;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    table = table(new float[] {1, 2, 3, 4, 5, 6}, 10, 20, 30);
  }

  @AfterEach
  void close() {
    table.close();
    scope.close();
  }

  private static TensorTable table(float[] points, long... ids) {
    TensorTable table = new TensorTable();
    table.put("id", indices(ids));
    table.put("point", Tensors.ofFloats(points, ids.length, 2));
    return table;
  }

  private static Tensor indices(long... indices) {
    return Tensors.ofLongs(indices, indices.length);
  }

  private void holds(float[] points, long... ids) {
    assertThat(table.rows()).isEqualTo(ids.length);
    assertThat(Tensors.toLongs(table.get("id"))).containsExactly(ids);
    assertThat(Tensors.toFloats(table.get("point"))).containsExactly(points);
  }

  @Test
  void rowsLeave() {
    table.keep(indices(2, 0));
    holds(new float[] {5, 6, 1, 2}, 30, 10);
    table.keep(indices());
    holds(new float[0]);
  }

  @Test
  void rowsJoin() {
    try (TensorTable more = table(new float[] {7, 8}, 40)) {
      table.append(more);
    }
    holds(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 10, 20, 30, 40);
  }

  @Test
  void anEmptyTableTakesTheColumnsOfTheFirstRows() {
    try (TensorTable empty = new TensorTable()) {
      assertThat(empty.rows()).isZero();
      empty.append(table);
      assertThat(empty.columns().names()).containsExactly("id", "point");
      assertThat(Tensors.toLongs(empty.get("id"))).containsExactly(10, 20, 30);
    }
  }

  @Test
  void someRowsOfOneColumnAreOverwritten() {
    Tensor values = Tensors.ofFloats(new float[] {-1, -2, -3, -4, -5, -6}, 3, 2);
    table.overwrite("point", Tensors.ofBooleans(new boolean[] {true, false, true}, 3), values);
    holds(new float[] {-1, -2, 3, 4, -5, -6}, 10, 20, 30);
    table.overwrite("point", Tensors.ofBooleans(new boolean[3], 3), Tensors.ofFloats(new float[6], 3, 2));
    holds(new float[] {-1, -2, 3, 4, -5, -6}, 10, 20, 30);
  }

  @Test
  void rowsAreOverwrittenAndSelectedOnesAreCopies() {
    try (TensorTable selected = table.select(indices(1))) {
      Arithmetic.scaleInPlace(selected.get("point"), 10);
      holds(new float[] {1, 2, 3, 4, 5, 6}, 10, 20, 30);
      table.overwrite(indices(2), selected);
    }
    holds(new float[] {1, 2, 3, 4, 30, 40}, 10, 20, 20);
  }

  @Test
  void refusesColumnsOfAnotherLength() {
    assertThatThrownBy(() -> table.put("flag", indices(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows of column flag: expected 3, got 2");
  }
}
