package dev.sparrow.io;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor as files hold it: row-major, little-endian, contiguous.
 *
 * @param dtype type of the elements
 * @param shape dimensions; an empty shape is a scalar
 * @param data the elements' bytes, read-only, from position 0; a view of the buffer given, which is not copied
 */
public record TensorData(DType dtype, Shape shape, ByteBuffer data) {

  /**
   * Checks that the bytes between the buffer's position and limit are those of the shape.
   *
   * @param dtype type
   * @param shape dimensions
   * @param data the bytes, not copied
   * @throws BadInput if there are more or fewer
   */
  public TensorData {
    long expected = Math.multiplyExact(shape.size(), (long) dtype.bytes());
    if (data.remaining() != expected) {
      throw BadInput.data("tensor data", expected + " bytes", data.remaining(), dtype + " " + shape);
    }
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The bytes with a position of their own, so that several readers do not disturb each other.
   *
   * @return a fresh read-only little-endian view from position 0
   */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
