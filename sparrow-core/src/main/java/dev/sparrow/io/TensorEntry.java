package dev.sparrow.io;

import dev.sparrow.units.Shape;

/**
 * Where a safetensors file keeps a tensor.
 *
 * @param dtype type of the elements
 * @param shape dimensions
 * @param begin offset of the first byte from the end of the header
 * @param end offset after the last byte
 */
public record TensorEntry(DType dtype, Shape shape, long begin, long end) {

  /**
   * Size of the data.
   *
   * @return in bytes
   */
  public long bytes() {
    return end - begin;
  }
}
