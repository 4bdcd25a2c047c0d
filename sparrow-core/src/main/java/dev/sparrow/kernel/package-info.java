/**
 * The sparse engine: networks whose pruned weights cost no time. No libtorch.
 *
 * <p>Every value of the network lies in one blocked layout ({@link dev.sparrow.kernel.Plane}), from the images to the logits; the inner
 * loops are behind {@link dev.sparrow.kernel.Kernels}, with a plain implementation and a vectorised one.
 */
package dev.sparrow.kernel;
