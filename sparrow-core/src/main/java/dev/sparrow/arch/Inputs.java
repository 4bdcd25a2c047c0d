package dev.sparrow.arch;

import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.util.List;

/** What operations demand of the shapes of their inputs; every message ends with the layer that demanded it. */
final class Inputs {

  private Inputs() {}

  static void count(int expected, List<Shape> inputs, String layer) {
    if (inputs.size() != expected) {
      throw BadInput.data("number of inputs", expected, inputs.size(), layer);
    }
  }

  static Shape only(List<Shape> inputs, String layer) {
    count(1, inputs, layer);
    return inputs.get(0);
  }

  static Shape image(List<Shape> inputs, String layer) {
    Shape image = only(inputs, layer);
    if (image.rank() != 3) {
      throw BadInput.data("input shape", "channels x height x width", image, layer);
    }
    return image;
  }

  static Shape image(List<Shape> inputs, int channels, String layer) {
    Shape image = image(inputs, layer);
    if (image.dim(0) != channels) {
      throw BadInput.data("input channels", channels, image.dim(0), layer);
    }
    return image;
  }

  static Shape same(Shape expected, Shape got, String layer) {
    if (!got.equals(expected)) {
      throw BadInput.data("input shape", expected, got, layer);
    }
    return got;
  }

  static int atLeast(String what, int minimum, int got, String layer) {
    if (got < minimum) {
      throw BadInput.data(what, "at least " + minimum, got, layer);
    }
    return got;
  }

  static int multipleOf(int divisor, int side, String layer) {
    if (side == 0 || side % divisor != 0) {
      throw BadInput.data("input side", "a multiple of " + divisor, side, layer);
    }
    return side;
  }
}
