package dev.sparrow.io;

import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A numpy array of plain numbers out of a pickle, always in C order (row-major). */
public final class PickledArray implements PickleBuildable {

  /** numpy's own limit is 64. */
  private static final int MAX_RANK = 64;

  private static final int STATE_FIELDS = 5;

  private final CopyBudget copies;
  private Optional<TensorData> content = Optional.empty();

  /** An array that waits for its state. */
  PickledArray(CopyBudget copies) {
    this.copies = copies;
  }

  /**
   * The type of the elements.
   *
   * @return a little-endian number
   */
  public DType dtype() {
    return content().dtype();
  }

  /**
   * The dimensions.
   *
   * @return empty for a scalar array
   */
  public Shape shape() {
    return content().shape();
  }

  /**
   * The elements, row-major.
   *
   * @return a read-only little-endian view from position 0
   */
  public ByteBuffer data() {
    return content().data();
  }

  private TensorData content() {
    return content.orElseThrow(() -> new IllegalStateException("array without content"));
  }

  boolean isBuilt() {
    return content.isPresent();
  }

  /** The state is (version, shape, dtype, whether in Fortran order, bytes). */
  @Override
  public void build(Object state) {
    if (!(state instanceof List<?> fields)
        || fields.size() != STATE_FIELDS
        || !(fields.get(2) instanceof NumpyDtype dtype)
        || !(fields.get(3) instanceof Boolean fortran)) {
      throw new PickleFault("an array's state of version, shape, dtype, order and bytes", PickleFault.kind(state));
    }
    fill(dtype.dtype(), fields.get(1), fortran, fields.get(4));
  }

  void fill(DType dtype, Object dims, boolean fortran, Object data) {
    if (isBuilt()) {
      throw new PickleFault("an array to be filled once", "a second filling");
    }
    Shape shape = shape(dims);
    byte[] bytes = bytes(data);
    if (bytes.length != byteSize(dtype, shape)) {
      throw new PickleFault(byteSize(dtype, shape) + " bytes for " + dtype + " " + shape.dims(), bytes.length);
    }
    byte[] rowMajor = fortran && shape.rank() > 1 ? rowMajor(bytes, shape, dtype.bytes()) : bytes;
    content = Optional.of(new TensorData(dtype, shape, ByteBuffer.wrap(rowMajor)));
  }

  /** A tuple of sizes. */
  static Shape shape(Object value) {
    if (!(value instanceof List<?> dims) || dims.size() > MAX_RANK) {
      throw new PickleFault("a shape of at most " + MAX_RANK + " dimensions", PickleFault.kind(value));
    }
    List<Integer> sizes = new ArrayList<>();
    for (Object dim : dims) {
      if (!(dim instanceof Long size) || size < 0 || size > Integer.MAX_VALUE) {
        throw new PickleFault("dimensions in [0, " + Integer.MAX_VALUE + "]", dim instanceof Long ? dim : PickleFault.kind(dim));
      }
      sizes.add(size.intValue());
    }
    return new Shape(sizes);
  }

  private byte[] bytes(Object data) {
    if (data instanceof byte[] bytes) {
      return bytes;
    }
    if (data instanceof String python2) {
      return copies.latin1(python2);
    }
    throw new PickleFault("an array's bytes", PickleFault.kind(data));
  }

  /** The bytes of so many elements. */
  static long byteSize(DType dtype, Shape shape) {
    try {
      return Math.multiplyExact(shape.size(), (long) dtype.bytes());
    } catch (ArithmeticException e) {
      throw new PickleFault("a size below 2^63 bytes", shape.dims());
    }
  }

  /** Copies elements from column-major to row-major order: the source index runs with the first dimension fastest. */
  private byte[] rowMajor(byte[] columnMajor, Shape shape, int width) {
    copies.charge(columnMajor.length);
    byte[] result = new byte[columnMajor.length];
    int[] index = new int[shape.rank()];
    for (int target = 0; target < result.length; target += width) {
      long source = 0;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        source = source * shape.dim(axis) + index[axis];
      }
      System.arraycopy(columnMajor, (int) source * width, result, target, width);
      for (int axis = shape.rank() - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
        index[axis] = 0;
      }
    }
    return result;
  }
}
