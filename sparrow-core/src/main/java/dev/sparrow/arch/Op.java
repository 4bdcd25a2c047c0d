package dev.sparrow.arch;

/** One operation of a network. Layers with parameters carry the reference's module name, so that {@code name + ".weight"} is the key in its state_dict. */
public sealed interface Op {

  /**
   * A 2-D convolution with square kernel and zero padding.
   *
   * @param name module name
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel
   * @param stride step in both directions
   * @param padding zeros on every side
   * @param bias whether it adds a bias
   */
  record Conv2d(String name, int in, int out, int kernel, int stride, int padding, boolean bias) implements Op {}

  /**
   * Batch normalisation, epsilon 1e-5, momentum 0.1.
   *
   * @param name module name
   * @param channels number of channels
   */
  record BatchNorm(String name, int channels) implements Op {}

  /**
   * A fully connected layer with bias.
   *
   * @param name module name
   * @param in inputs
   * @param out outputs
   */
  record Linear(String name, int in, int out) implements Op {}

  /** max(x, 0). */
  record Relu() implements Op {}

  /** Sum of two inputs of the same shape. */
  record Add() implements Op {}

  /**
   * Maximum over non-overlapping squares.
   *
   * @param kernel side and stride
   */
  record MaxPool(int kernel) implements Op {}

  /** Mean over all positions; [N, C, H, W] to [N, C]. */
  record GlobalAvgPool() implements Op {}
}
