package dev.sparrow.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The storages that a PyTorch checkpoint mentions. */
final class PyTorchStorages {

  private static final int FIELDS = 5;
  private static final int VIEW_FIELDS = 3;

  /** Bytes of the largest storage that there may be. */
  private final long largest;

  private final Map<String, PyTorchStorage> storages = new LinkedHashMap<>();

  PyTorchStorages(long largest) {
    this.largest = largest;
  }

  /** The storages mentioned so far, by key. */
  Map<String, PyTorchStorage> byKey() {
    return Collections.unmodifiableMap(storages);
  }

  /**
   * A persistent id is {@code ('storage', type, key, device, elements)}; the stream format adds a view, {@code (key, offset, elements)} or
   * {@code None}. The device does not matter: bytes are bytes.
   */
  StorageView view(Object id) {
    if (id instanceof List<?> module && !module.isEmpty() && "module".equals(module.get(0))) {
      throw new PickleFault("a dictionary of tensors (state_dict)", "a whole module, which is code");
    }
    if (!(id instanceof List<?> fields)
        || fields.size() < FIELDS
        || !"storage".equals(fields.get(0))
        || !(fields.get(1) instanceof PickleGlobal global)
        || !(fields.get(2) instanceof String key)
        || !(fields.get(4) instanceof Long elements)) {
      throw new PickleFault("a storage's type, key, device and size", PickleFault.kind(id));
    }
    PyTorchType type =
        PyTorchType.ofStorage(global.name()).orElseThrow(() -> new PickleFault("a type of storage", PickleFault.kind(global)));
    PyTorchStorage storage = known(key, type, elements);
    return fields.size() == FIELDS || fields.get(FIELDS) == PickledNone.NONE ? StorageView.of(storage) : part(storage, fields.get(FIELDS));
  }

  private PyTorchStorage known(String key, PyTorchType type, long elements) {
    if (elements < 0 || elements > largest || elements * type.bytes() > largest) {
      throw new PickleFault("a storage of at most " + largest + " bytes", elements + " elements of " + type.name());
    }
    PyTorchStorage storage = new PyTorchStorage(key, type, elements);
    PyTorchStorage before = storages.putIfAbsent(key, storage);
    if (before != null && !before.equals(storage)) {
      throw new PickleFault("storage '" + key + "' of one type and size", before.type().name() + " and " + type.name());
    }
    return storage;
  }

  private static StorageView part(PyTorchStorage storage, Object metadata) {
    if (!(metadata instanceof List<?> fields)
        || fields.size() != VIEW_FIELDS
        || !(fields.get(1) instanceof Long first)
        || !(fields.get(2) instanceof Long elements)) {
      throw new PickleFault("a view's key, offset and size", PickleFault.kind(metadata));
    }
    return new StorageView(storage, first, elements);
  }
}
