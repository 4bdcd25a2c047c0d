package dev.sparrow.kernel;

import dev.sparrow.arch.Op;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The active weights of a convolution, laid out for one direction: from its input to its output, or for gradients from its output back to
 * its input. A fully connected layer is a 1x1 convolution of one cell.
 *
 * <p>The gradient of a convolution by its input is a convolution of the output gradient with the transposed, turned kernel. With stride s
 * it falls into s x s phases, one per position of an input cell relative to the grid, each with its own taps; some may have none.
 */
final class Taps {

  /** What is read and what is written. */
  final Plane input;

  final Plane output;

  /** Input cells from one output cell of a phase to the next. */
  final int step;

  /** Output cells from one cell of a phase to the next. */
  final int spread;

  /** One for the forward direction, stride x stride for the backward direction. */
  final List<TapList> phases;

  private Taps(Plane input, Plane output, int step, int spread, List<TapList> phases) {
    this.input = input;
    this.output = output;
    this.step = step;
    this.spread = spread;
    this.phases = phases;
  }

  /** From a layer's input to its output. */
  static Taps forward(Op.Conv2d conv, Plane input, Plane output, boolean[] active) {
    TapList taps = new TapListBuilder(conv, active).forward(input, output);
    return new Taps(input, output, conv.stride(), 1, List.of(taps));
  }

  /** From the gradient by a layer's output to the gradient by its input. */
  static Taps backward(Op.Conv2d conv, Plane input, Plane output, boolean[] active) {
    TapListBuilder builder = new TapListBuilder(conv, active);
    int stride = conv.stride();
    List<TapList> phases =
        IntStream.range(0, stride * stride).mapToObj(i -> builder.backward(input, output, i / stride, i % stride)).toList();
    return new Taps(output, input, 1, stride, phases);
  }

  /** Takes over new values of the weights; inactive ones are not read. */
  void load(float[] dense) {
    phases.forEach(phase -> phase.load(dense));
  }

  /** Number of active weights; in the backward direction every one is in exactly one phase. */
  int count() {
    return phases.stream().mapToInt(phase -> phase.source.length).sum();
  }

  /** The mask of a layer without inactive weights. */
  static boolean[] all(Op.Conv2d conv) {
    boolean[] all = new boolean[conv.out() * conv.in() * conv.kernel() * conv.kernel()];
    Arrays.fill(all, true);
    return all;
  }
}
