package dev.sparrow.io;

import dev.sparrow.units.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the pickle of a PyTorch checkpoint may mention beyond plain data: tensors, parameters, the storages behind them, types, sizes,
 * devices. Tensors that cannot be read stand as {@link PyTorchOpaque}.
 */
final class PyTorchGlobals {

  /** Python's own text and numbers are copied at most once; the constant is for tiny files. */
  private static final int SPARE_BYTES = 1 << 16;

  /** How quantised tensors may be scaled. */
  private static final List<String> SCALINGS =
      List.of(
          "per_tensor_affine", "per_channel_affine", "per_tensor_symmetric", "per_channel_symmetric", "per_channel_affine_float_qparams");

  /** Classes whose instances are tensors and nothing more. */
  private static final Set<String> PLAIN_TENSORS = Set.of("torch.Tensor", "torch.nn.parameter.Parameter");

  /** Bytes of the largest tensor there may be. */
  private final long largest;

  private final PickleGlobals globals;
  private final PyTorchStorages storages;

  /**
   * Nothing mentioned yet.
   *
   * @param fileSize bytes of the whole file, which no storage and no tensor in it may exceed
   */
  PyTorchGlobals(long fileSize) {
    this.largest = Math.min(fileSize, Integer.MAX_VALUE - 8);
    this.storages = new PyTorchStorages(largest);
    this.globals = new PickleGlobals(new CopyBudget(fileSize + SPARE_BYTES));
    PyTorchType.storageNames().forEach(name -> globals.allow(name, arguments -> refuseCall(name)));
    PyTorchType.names().forEach(name -> globals.allowValue(name, name));
    PLAIN_TENSORS.forEach(name -> globals.allow(name, arguments -> refuseCall(name)));
    SCALINGS.forEach(name -> globals.allowValue("torch." + name, name));
    globals.allow("torch.Size", PyTorchGlobals::sizes);
    globals.allow("torch.device", PyTorchGlobals::device);
    globals.allow("torch.serialization._get_layout", PyTorchGlobals::text);
    defineTensors();
  }

  private void defineTensors() {
    String utils = "torch._utils.";
    globals.allow(utils + "_rebuild_tensor", this::tensor);
    globals.allow(utils + "_rebuild_tensor_v2", this::tensor);
    globals.allow(utils + "_rebuild_tensor_v3", this::typedTensor);
    globals.allow(utils + "_rebuild_parameter", PyTorchGlobals::parameter);
    globals.allow(utils + "_rebuild_parameter_with_state", PyTorchGlobals::parameter);
    globals.allow("torch._tensor._rebuild_from_type_v2", PyTorchGlobals::withAttributes);
    globals.allow(utils + "_rebuild_qtensor", arguments -> new PyTorchOpaque("quantised"));
    globals.allow(utils + "_rebuild_sparse_tensor", arguments -> new PyTorchOpaque("sparse"));
    globals.allow(utils + "_rebuild_meta_tensor_no_storage", arguments -> new PyTorchOpaque("without storage (meta)"));
  }

  /** Reads one pickle. */
  Object unpickle(PickleInput input) throws IOException {
    return PlainData.require(new PickleMachine(input, globals, Optional.of(storages::view)).run());
  }

  /** The storages mentioned so far, by key. */
  Map<String, PyTorchStorage> storages() {
    return storages.byKey();
  }

  /**
   * {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, metadata)}; the first version ends with the strides. The
   * metadata, if there are any, say that the numbers are still to be negated or conjugated.
   */
  private Object tensor(List<Object> arguments) {
    StorageView view = view(arguments, 4);
    Object metadata = arguments.size() > 6 ? arguments.get(6) : PickledNone.NONE;
    boolean plain = metadata == PickledNone.NONE || metadata instanceof Map<?, ?> map && map.isEmpty();
    return plain ? tensor(arguments, view, view.storage().type()) : new PyTorchOpaque("negated or conjugated");
  }

  /** {@code _rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, metadata)}, whose storage has no type. */
  private Object typedTensor(List<Object> arguments) {
    StorageView view = view(arguments, 7);
    Optional<PyTorchType> type = arguments.get(6) instanceof String name ? PyTorchType.ofName(name) : Optional.empty();
    if (!view.storage().type().equals(PyTorchType.UNTYPED) || type.isEmpty()) {
      throw new PickleFault("a storage without type, and a tensor's type", view.storage().type().name());
    }
    return tensor(arguments, view, type.get());
  }

  private static StorageView view(List<Object> arguments, int atLeast) {
    if (arguments.size() < atLeast || !(arguments.get(0) instanceof StorageView view)) {
      throw new PickleFault("a tensor's storage, offset, size and strides", arguments.size() + " arguments");
    }
    return view;
  }

  private Object tensor(List<Object> arguments, StorageView view, PyTorchType type) {
    if (type.dtype().isEmpty()) {
      return new PyTorchOpaque(type.name());
    }
    if (!(arguments.get(1) instanceof Long offset)) {
      throw new PickleFault("a tensor's offset", PickleFault.kind(arguments.get(1)));
    }
    DType dtype = type.dtype().get();
    Shape shape = PickledArray.shape(arguments.get(2));
    long bytes = PickledArray.byteSize(dtype, shape);
    if (bytes > largest) { // an expanded view of a few bytes can be of any size
      throw new PickleFault("a tensor of at most " + largest + " bytes", bytes);
    }
    return new PyTorchTensor(view, dtype, offset, shape, PickledArray.shape(arguments.get(3)).dims());
  }

  /** {@code _rebuild_parameter(tensor, requires_grad, hooks)}, and with attributes after those. */
  private static Object parameter(List<Object> arguments) {
    Object data = arguments.isEmpty() ? PickledNone.NONE : arguments.get(0);
    if (!(data instanceof PyTorchTensor) && !(data instanceof PyTorchOpaque)) {
      throw new PickleFault("a parameter's tensor", PickleFault.kind(data));
    }
    return data;
  }

  /** {@code _rebuild_from_type_v2(function, class, arguments, attributes)}: a tensor that somebody gave attributes. */
  private static Object withAttributes(List<Object> arguments) {
    if (arguments.size() != 4
        || !(arguments.get(0) instanceof PickleGlobal function)
        || !function.name().startsWith("torch._utils._rebuild_")
        || !(arguments.get(1) instanceof PickleGlobal type)
        || !PLAIN_TENSORS.contains(type.name())) {
      throw new PickleFault("a tensor with attributes", "one of another class");
    }
    return function.call().apply(PickleMachine.tuple(arguments.get(2)));
  }

  private static Object sizes(List<Object> arguments) {
    if (arguments.size() != 1 || !(arguments.get(0) instanceof List<?> sizes)) {
      throw new PickleFault("a tuple for torch.Size", arguments.size() + " arguments");
    }
    return sizes;
  }

  /** {@code device('cuda', 0)}: its text. */
  private static Object device(List<Object> arguments) {
    if (arguments.isEmpty() || !(arguments.get(0) instanceof String type)) {
      throw new PickleFault("a device's type", arguments.size() + " arguments");
    }
    return arguments.size() > 1 && arguments.get(1) instanceof Long index ? type + ":" + index : type;
  }

  private static Object text(List<Object> arguments) {
    if (arguments.size() != 1 || !(arguments.get(0) instanceof String text)) {
      throw new PickleFault("a layout's name", arguments.size() + " arguments");
    }
    return text;
  }

  private static Object refuseCall(String name) {
    throw new PickleFault("plain data", "a call of '" + name + "'");
  }
}
