package dev.sparrow.kernel;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Op;
import dev.sparrow.units.Shape;

/** A convolution, or a fully connected layer as a 1x1 convolution of one cell: its active weights, laid out for both directions. */
final class ConvLayer {

  private final Op.Conv2d conv;
  private final Plane input;
  private final Plane output;
  private Taps forward;
  private Taps backward;

  ConvLayer(Op.Conv2d conv, Shape input, Shape output) {
    this.conv = conv;
    this.input = Plane.of(input);
    this.output = Plane.of(output);
    activate(Taps.all(conv));
  }

  static ConvLayer of(Op.Linear linear) {
    Op.Conv2d conv = new Op.Conv2d(linear.name(), linear.in(), linear.out(), 1, 1, 0, false);
    return new ConvLayer(conv, Shape.of(linear.in()), Shape.of(linear.out()));
  }

  String name() {
    return conv.name();
  }

  String weight() {
    return conv.name() + ".weight";
  }

  /** Number of weights, active or not. */
  int size() {
    return conv.out() * conv.in() * conv.kernel() * conv.kernel();
  }

  Plane input() {
    return input;
  }

  Plane output() {
    return output;
  }

  Taps forward() {
    return forward;
  }

  Taps backward() {
    return backward;
  }

  /** The active weights are these from now on; their values must be loaded. */
  void activate(boolean[] active) {
    checkLength(active.length);
    forward = Taps.forward(conv, input, output, active);
    backward = Taps.backward(conv, input, output, active);
  }

  void load(float[] dense) {
    checkLength(dense.length);
    forward.load(dense);
    backward.load(dense);
  }

  /** The forward taps that the layer would have if all weights were active. */
  Taps withAllWeights() {
    return Taps.forward(conv, input, output, Taps.all(conv));
  }

  private void checkLength(int got) {
    if (got != size()) {
      throw BadInput.data("length of " + weight(), size(), got, "sparse engine");
    }
  }
}
