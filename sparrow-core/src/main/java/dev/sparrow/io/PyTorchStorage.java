package dev.sparrow.io;

/**
 * The memory that tensors of a PyTorch checkpoint are views of.
 *
 * @param key its name in the file
 * @param type of the elements
 * @param elements number of elements
 */
record PyTorchStorage(String key, PyTorchType type, long elements) {

  long bytes() {
    return elements * type.bytes();
  }
}
