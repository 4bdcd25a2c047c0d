package dev.sparrow.io;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A {@code numpy.dtype} while a pickle is read: a plain little-endian number. */
final class NumpyDtype implements PickleBuildable {

  private static final Map<String, DType> KNOWN =
      Map.ofEntries(
          Map.entry("b1", DType.BOOL), Map.entry("u1", DType.U8), Map.entry("i1", DType.I8), Map.entry("u2", DType.U16),
          Map.entry("i2", DType.I16), Map.entry("u4", DType.U32), Map.entry("i4", DType.I32), Map.entry("u8", DType.U64),
          Map.entry("i8", DType.I64), Map.entry("f2", DType.F16), Map.entry("f4", DType.F32), Map.entry("f8", DType.F64));

  /** Little-endian, not applicable (single bytes), native: every machine libtorch runs on is little-endian. */
  private static final Set<String> ORDERS = Set.of("<", "|", "=");

  private final DType dtype;

  private NumpyDtype(DType dtype) {
    this.dtype = dtype;
  }

  /** Stands for {@code numpy.dtype('u1', False, True)}. */
  static NumpyDtype of(List<Object> arguments) {
    Object name = arguments.isEmpty() ? "nothing" : arguments.get(0);
    if (!(name instanceof String text) || !KNOWN.containsKey(text)) {
      throw new PickleFault("a dtype of " + new TreeSet<>(KNOWN.keySet()), name instanceof String ? "'" + name + "'" : PickleFault.kind(name));
    }
    return new NumpyDtype(KNOWN.get(text));
  }

  DType dtype() {
    return dtype;
  }

  /** The state is (version, byte order, sub-array, names, fields, ...); a plain number has None in those three. */
  @Override
  public void build(Object state) {
    if (!(state instanceof List<?> fields) || fields.size() < 5) {
      throw new PickleFault("a dtype's state", PickleFault.kind(state));
    }
    if (!(fields.get(1) instanceof String order) || !ORDERS.contains(order)) { // a text first: a list's hash need not come to an end
      throw new PickleFault("a little-endian dtype", fields.get(1) instanceof String other ? "'" + other + "'" : PickleFault.kind(fields.get(1)));
    }
    if (!fields.subList(2, 5).stream().allMatch(PickledNone.NONE::equals)) {
      throw new PickleFault("a dtype of plain numbers", "a structured one");
    }
  }
}
