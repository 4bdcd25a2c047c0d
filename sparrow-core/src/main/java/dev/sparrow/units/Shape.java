package dev.sparrow.units;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * The dimensions of a tensor; a convolution's weight is [out, in, height, width], a linear layer's [out, in].
 *
 * @param dims each at least 0
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Shape(@JsonValue List<Integer> dims) {

  /** Copies the dimensions. */
  @JsonCreator
  public Shape {
    dims = List.copyOf(dims);
  }

  /**
   * A shape.
   *
   * @param dims its dimensions
   * @return the shape
   */
  public static Shape of(int... dims) {
    return new Shape(IntStream.of(dims).boxed().toList());
  }

  /**
   * The product of the dimensions.
   *
   * @return number of elements; 1 for a scalar
   */
  public long size() {
    return dims.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /**
   * The number of dimensions.
   *
   * @return 0 for a scalar
   */
  public int rank() {
    return dims.size();
  }

  /**
   * One dimension.
   *
   * @param axis from 0
   * @return its length
   */
  public int dim(int axis) {
    return dims.get(axis);
  }

  /**
   * The dimensions as libtorch takes them.
   *
   * @return a fresh array
   */
  public long[] toLongs() {
    return dims.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Prints {@code 64x3x3x3}. */
  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
