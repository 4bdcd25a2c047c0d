package dev.sparrow.kernel;

/** Which way a convolution goes. */
public enum Direction {
  /** From a layer's input to its output, with the moments of the output for the batch norm behind it. */
  FORWARD,
  /** From the gradient by its output to the gradient by its input, with ReLU's mask and the sums that batch norm ahead of it needs. */
  BACKWARD
}
