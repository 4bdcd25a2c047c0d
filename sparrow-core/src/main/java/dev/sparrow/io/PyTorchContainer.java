package dev.sparrow.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One of the two ways in which PyTorch stores a pickled object and its storages. */
interface PyTorchContainer extends AutoCloseable {

  /** The pickled object, with {@link PyTorchTensor}s in it. */
  Object content();

  /** Some of the bytes of a storage, within its size. */
  ByteBuffer bytes(PyTorchStorage storage, int from, int length) throws IOException;

  @Override
  void close() throws IOException;
}
