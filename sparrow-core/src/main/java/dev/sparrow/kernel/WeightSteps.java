package dev.sparrow.kernel;

/** Makes the steps for gradients by weights. */
interface WeightSteps {

  /** The step for a layer, from the buffers of its input and of the gradient by its output. */
  Step of(ConvLayer layer, int input, int gradient);
}
