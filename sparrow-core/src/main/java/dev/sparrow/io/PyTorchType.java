package dev.sparrow.io;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A type of PyTorch.
 *
 * @param name as PyTorch names it, for example {@code bfloat16}
 * @param bytes of one element
 * @param dtype the same type, if its values are read
 */
record PyTorchType(String name, int bytes, Optional<DType> dtype) {

  /** The bytes of a storage whose tensors say their types. */
  static final PyTorchType UNTYPED = new PyTorchType("untyped", 1, Optional.empty());

  private static final Map<String, PyTorchType> STORAGES = new LinkedHashMap<>();
  private static final Map<String, PyTorchType> DTYPES = new LinkedHashMap<>();

  static {
    readable("Float", "float32", DType.F32);
    readable("Double", "float64", DType.F64);
    readable("Half", "float16", DType.F16);
    readable("BFloat16", "bfloat16", DType.BF16);
    readable("Long", "int64", DType.I64);
    readable("Int", "int32", DType.I32);
    readable("Short", "int16", DType.I16);
    readable("Char", "int8", DType.I8);
    readable("Byte", "uint8", DType.U8);
    readable("Bool", "bool", DType.BOOL);
    opaque("ComplexHalf", "complex32", 4);
    opaque("ComplexFloat", "complex64", 8);
    opaque("ComplexDouble", "complex128", 16);
    opaque("QInt8", "qint8", 1);
    opaque("QUInt8", "quint8", 1);
    opaque("QInt32", "qint32", 4);
    opaque("QUInt4x2", "quint4x2", 1);
    opaque("QUInt2x4", "quint2x4", 1);
    STORAGES.put("torch.storage.UntypedStorage", UNTYPED);
    untyped("uint16", 2, Optional.of(DType.U16));
    untyped("uint32", 4, Optional.of(DType.U32));
    untyped("uint64", 8, Optional.of(DType.U64));
    untyped("float8_e5m2", 1, Optional.of(DType.F8_E5M2));
    untyped("float8_e4m3fn", 1, Optional.of(DType.F8_E4M3));
    untyped("float8_e5m2fnuz", 1, Optional.empty());
    untyped("float8_e4m3fnuz", 1, Optional.empty());
    untyped("float8_e8m0fnu", 1, Optional.empty());
  }

  private static void readable(String storage, String name, DType dtype) {
    add(storage, new PyTorchType(name, dtype.bytes(), Optional.of(dtype)));
  }

  private static void opaque(String storage, String name, int bytes) {
    add(storage, new PyTorchType(name, bytes, Optional.empty()));
  }

  private static void add(String storage, PyTorchType type) {
    STORAGES.put("torch." + storage + "Storage", type);
    DTYPES.put("torch." + type.name, type);
  }

  private static void untyped(String name, int bytes, Optional<DType> dtype) {
    DTYPES.put("torch." + name, new PyTorchType(name, bytes, dtype));
  }

  /** The classes of storages, as pickles name them. */
  static Set<String> storageNames() {
    return STORAGES.keySet();
  }

  /** The type of a class of storages. */
  static Optional<PyTorchType> ofStorage(String name) {
    return Optional.ofNullable(STORAGES.get(name));
  }

  /** The types, as pickles name them. */
  static Set<String> names() {
    return DTYPES.keySet();
  }

  /** The type of a name such as {@code torch.float32}. */
  static Optional<PyTorchType> ofName(String name) {
    return Optional.ofNullable(DTYPES.get(name));
  }
}
