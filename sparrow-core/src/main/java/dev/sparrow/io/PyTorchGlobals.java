package dev.sparrow.io;

import dev.sparrow.units.Shape;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the pickle of a PyTorch checkpoint may mention beyond plain data: tensors, parameters, the storages behind them, types, sizes. */
final class PyTorchGlobals {

  private static final Map<String, DType> STORAGES =
      Map.of(
          "torch.FloatStorage", DType.F32, "torch.DoubleStorage", DType.F64, "torch.HalfStorage", DType.F16,
          "torch.BFloat16Storage", DType.BF16, "torch.LongStorage", DType.I64, "torch.IntStorage", DType.I32,
          "torch.ShortStorage", DType.I16, "torch.CharStorage", DType.I8, "torch.ByteStorage", DType.U8, "torch.BoolStorage", DType.BOOL);

  private static final List<String> DTYPES =
      List.of("float16", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "bool");

  /** Python's own text and numbers are copied at most once; the constant is for tiny files. */
  private static final int SPARE_BYTES = 1 << 16;

  private static final int MIN_STORAGE_FIELDS = 5;

  /** Bytes of the largest storage and tensor there may be. */
  private final long largest;

  private final PickleGlobals globals;
  private final Map<String, PyTorchStorage> storages = new LinkedHashMap<>();

  /**
   * Nothing mentioned yet.
   *
   * @param fileSize bytes of the whole file, which no storage and no tensor in it may exceed
   */
  PyTorchGlobals(long fileSize) {
    this.largest = Math.min(fileSize, Integer.MAX_VALUE - 8);
    this.globals = new PickleGlobals(new CopyBudget(fileSize + SPARE_BYTES));
    STORAGES.keySet().forEach(name -> globals.allow(name, arguments -> refuseCall(name)));
    DTYPES.forEach(name -> globals.allowValue("torch." + name, "torch." + name));
    globals.allow("torch.Size", PyTorchGlobals::sizes);
    globals.allow("torch._utils._rebuild_tensor", this::tensor);
    globals.allow("torch._utils._rebuild_tensor_v2", this::tensor);
    globals.allow("torch._utils._rebuild_parameter", this::parameter);
  }

  /** Reads one pickle. */
  Object unpickle(PickleInput input) throws IOException {
    return PlainData.require(new PickleMachine(input, globals, Optional.of(this::storage)).run());
  }

  /** The storages mentioned so far, by key. */
  Map<String, PyTorchStorage> storages() {
    return Collections.unmodifiableMap(storages);
  }

  /** A persistent id is {@code ('storage', type, key, device, elements)}; the old format adds a view, always None since PyTorch 0.4. */
  private Object storage(Object id) {
    if (!(id instanceof List<?> fields)
        || fields.size() < MIN_STORAGE_FIELDS
        || !fields.get(0).equals("storage")
        || !(fields.get(1) instanceof PickleGlobal type)
        || !STORAGES.containsKey(type.name())
        || !(fields.get(2) instanceof String key)
        || !(fields.get(4) instanceof Long elements)) {
      throw new PickleFault("a storage's type, key, device and size", PickleFault.kind(id));
    }
    if (!fields.subList(MIN_STORAGE_FIELDS, fields.size()).stream().allMatch(PickledNone.NONE::equals)) {
      throw new PickleFault("a whole storage", "a view of storage '" + key + "'");
    }
    PyTorchStorage storage = new PyTorchStorage(key, STORAGES.get(type.name()), elements);
    if (elements < 0 || elements > largest || storage.bytes() > largest) {
      throw new PickleFault("a storage of at most " + largest + " bytes", elements + " elements of " + storage.dtype());
    }
    PyTorchStorage known = storages.putIfAbsent(key, storage);
    if (known != null && !known.equals(storage)) {
      throw new PickleFault("storage '" + key + "' of one type and size", known.dtype() + " and " + storage.dtype());
    }
    return storage;
  }

  /** {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}; the first version ends with the strides. */
  private Object tensor(List<Object> arguments) {
    if (arguments.size() < 4 || !(arguments.get(0) instanceof PyTorchStorage storage) || !(arguments.get(1) instanceof Long offset)) {
      throw new PickleFault("a tensor's storage, offset, size and strides", arguments.size() + " arguments");
    }
    Shape shape = PickledArray.shape(arguments.get(2));
    long bytes = PickledArray.byteSize(storage.dtype(), shape);
    if (bytes > largest) { // an expanded view of a few bytes can be of any size
      throw new PickleFault("a tensor of at most " + largest + " bytes", bytes);
    }
    return new PyTorchTensor(storage, offset, shape, PickledArray.shape(arguments.get(3)).dims());
  }

  /** {@code _rebuild_parameter(tensor, requires_grad, hooks)}. */
  private Object parameter(List<Object> arguments) {
    if (arguments.isEmpty() || !(arguments.get(0) instanceof PyTorchTensor tensor)) {
      throw new PickleFault("a parameter's tensor", arguments.isEmpty() ? "nothing" : PickleFault.kind(arguments.get(0)));
    }
    return tensor;
  }

  private static Object sizes(List<Object> arguments) {
    if (arguments.size() != 1 || !(arguments.get(0) instanceof List<?> sizes)) {
      throw new PickleFault("a tuple for torch.Size", arguments.size() + " arguments");
    }
    return sizes;
  }

  private static Object refuseCall(String name) {
    throw new PickleFault("plain data", "a call of '" + name + "'");
  }
}
