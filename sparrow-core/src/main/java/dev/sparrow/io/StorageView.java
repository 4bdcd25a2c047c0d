package dev.sparrow.io;

/**
 * A part of a storage. Files before PyTorch 0.4 name such parts; all others name whole storages.
 *
 * @param storage the storage
 * @param first its first element
 * @param elements number of elements, within the storage
 */
record StorageView(PyTorchStorage storage, long first, long elements) {

  /** All of a storage. */
  static StorageView of(PyTorchStorage storage) {
    return new StorageView(storage, 0, storage.elements());
  }

  /** Checks that it lies within the storage. */
  StorageView {
    if (first < 0 || elements < 0 || first > storage.elements() - elements) {
      throw new PickleFault("a view within its storage of " + storage.elements() + " elements", "offset " + first + ", size " + elements);
    }
  }
}
