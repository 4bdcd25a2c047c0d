package dev.sparrow.io;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Named tensors of a file, whatever its format, read one at a time. */
public interface TensorSource {

  /**
   * The tensors' names.
   *
   * @return in the file's order, unmodifiable
   */
  Set<String> names();

  /**
   * The type in which a tensor is handed out.
   *
   * @param name one of {@link #names()}
   * @return the type of its elements
   */
  DType dtype(String name);

  /**
   * A tensor's shape.
   *
   * @param name one of {@link #names()}
   * @return its dimensions
   */
  Shape shape(String name);

  /**
   * Reads a tensor into memory that the caller has, for example a network's parameter.
   *
   * @param name one of {@link #names()}
   * @param target has exactly the tensor's number of bytes remaining; its position moves to its limit
   * @throws IOException if reading fails
   * @throws BadInput if the tensor is damaged or the target's size differs
   */
  void readInto(String name, ByteBuffer target) throws IOException;

  /**
   * Reads a tensor.
   *
   * @param name one of {@link #names()}
   * @return the tensor in memory of its own, outside the heap
   * @throws IOException if reading fails
   * @throws BadInput if there is no such tensor, or it is damaged or larger than 2 GiB
   */
  default TensorData get(String name) throws IOException {
    long bytes = shape(name).size() * dtype(name).bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw BadInput.data("size of a tensor", "at most " + Integer.MAX_VALUE + " bytes", bytes, name);
    }
    ByteBuffer data = ByteBuffer.allocateDirect((int) bytes);
    readInto(name, data);
    return new TensorData(dtype(name), shape(name), data.flip());
  }
}
