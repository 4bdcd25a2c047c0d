package dev.sparrow.io;

import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor of a PyTorch checkpoint: a view of a storage, not read yet. {@link PyTorchFile#read} reads it. */
public final class PyTorchTensor {

  private final PyTorchStorage storage;
  private final DType dtype;
  private final int offset;
  private final int extent;
  private final Shape shape;
  private final int[] strides;

  /**
   * Checks that the view lies within the part of a storage that it is of.
   *
   * @param part what it is a view of; less than 2 GiB
   * @param dtype type of the elements, which the storage may not say
   * @param offset its first element, from the part's first
   * @param shape its dimensions
   * @param strides elements from one index to the next, one per dimension
   */
  PyTorchTensor(StorageView part, DType dtype, long offset, Shape shape, List<Integer> strides) {
    if (strides.size() != shape.rank()) {
      throw new PickleFault(shape.rank() + " strides", strides.size());
    }
    this.storage = part.storage();
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides.stream().mapToInt(Integer::intValue).toArray();
    int scale = dtype.bytes() / storage.type().bytes();
    long elements = part.elements() / scale;
    if (offset < 0 || offset > elements || end(offset) > elements) {
      throw new PickleFault("a view within its storage of " + elements + " elements", "offset " + offset + ", " + description());
    }
    this.offset = (int) (part.first() / scale + offset);
    this.extent = (int) (end(offset) - offset);
  }

  /** One past the last element that the view has. */
  private long end(long first) {
    if (shape.size() == 0) {
      return first;
    }
    long last = first;
    try {
      for (int axis = 0; axis < strides.length; axis++) {
        last = Math.addExact(last, (shape.dim(axis) - 1L) * strides[axis]);
      }
      return Math.addExact(last, 1);
    } catch (ArithmeticException e) {
      throw new PickleFault("a view within its storage of " + storage.elements() + " elements", description());
    }
  }

  private String description() {
    StringBuilder text = new StringBuilder("shape " + shape.dims() + ", strides [");
    for (int axis = 0; axis < strides.length; axis++) {
      text.append(axis == 0 ? "" : ", ").append(strides[axis]);
    }
    return text.append(']').toString();
  }

  /**
   * The type of the elements in the file.
   *
   * @return the type
   */
  public DType dtype() {
    return dtype;
  }

  /**
   * The dimensions.
   *
   * @return empty for a scalar
   */
  public Shape shape() {
    return shape;
  }

  PyTorchStorage storage() {
    return storage;
  }

  /** The first of its bytes in the storage. */
  int from() {
    return offset * dtype.bytes();
  }

  /** How many bytes of the storage it is spread over; fewer than its own where it is expanded, more where it skips some. */
  int extent() {
    return extent * dtype.bytes();
  }

  /** How many bytes it has. */
  long bytes() {
    return shape.size() * dtype.bytes();
  }

  /** Copies the view out of the bytes that it is spread over; a contiguous one is not copied. */
  TensorData of(ByteBuffer bytes) {
    int width = dtype.bytes();
    int size = (int) shape.size();
    if (isContiguous()) {
      return new TensorData(dtype, shape, bytes);
    }
    byte[] rowMajor = new byte[size * width];
    int[] index = new int[shape.rank()];
    int source = 0;
    for (int target = 0; target < rowMajor.length; target += width) {
      bytes.get(source * width, rowMajor, target, width);
      source = next(index, source);
    }
    return new TensorData(dtype, shape, ByteBuffer.wrap(rowMajor).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Moves the index to the next element, the last dimension fastest. */
  private int next(int[] index, int from) {
    int source = from;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      source += strides[axis];
      if (++index[axis] < shape.dim(axis)) {
        return source;
      }
      source -= index[axis] * strides[axis];
      index[axis] = 0;
    }
    return source;
  }

  private boolean isContiguous() {
    long expected = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      if (shape.dim(axis) != 1 && strides[axis] != expected) {
        return shape.size() == 0;
      }
      expected *= shape.dim(axis);
    }
    return true;
  }
}
