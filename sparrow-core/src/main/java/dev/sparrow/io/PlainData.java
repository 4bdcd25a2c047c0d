package dev.sparrow.io;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Checks that an unpickled value is plain data of a size that its user can walk: no cycles, no deep nesting, and not a small graph whose
 * shared parts multiply to an endless one when written out.
 */
final class PlainData {

  private static final int MAX_DEPTH = 100;

  /** Nesting below a container, and number of values in it when nothing is shared. */
  private record Extent(int depth, long values) {}

  private static final Extent SCALAR = new Extent(1, 1);

  private static final int MOST_VALUES = 4_000_000;

  private final Map<Object, Extent> measured = new IdentityHashMap<>();

  private PlainData() {}

  static Object require(Object value) {
    new PlainData().measure(value, 0);
    return value;
  }

  private Extent measure(Object value, int above) {
    Extent extent;
    if (value instanceof Map<?, ?> map) {
      extent = container(value, map.values(), above);
    } else if (value instanceof Collection<?> list) {
      extent = container(value, list, above);
    } else {
      requireScalar(value);
      extent = SCALAR;
    }
    requireDepth(above + extent.depth());
    return extent;
  }

  private Extent container(Object container, Collection<?> values, int above) {
    requireDepth(above);
    Extent known = measured.get(container);
    if (known != null) {
      return known;
    }
    int depth = 0;
    long count = 1;
    for (Object value : values) {
      Extent extent = measure(value, above + 1);
      depth = Math.max(depth, extent.depth());
      count += extent.values();
      if (count > MOST_VALUES) {
        throw new PickleFault("at most " + MOST_VALUES + " values", "more, by sharing");
      }
    }
    Extent extent = new Extent(depth + 1, count);
    measured.put(container, extent);
    return extent;
  }

  private static void requireDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw new PickleFault("nesting of at most " + MAX_DEPTH, "deeper or endless nesting");
    }
  }

  private static void requireScalar(Object value) {
    boolean array = value instanceof PickledArray built && built.isBuilt();
    if (!array
        && !(value instanceof String)
        && !(value instanceof PyTorchTensor)
        && !(value instanceof PyTorchOpaque)
        && !(value instanceof Number)
        && !(value instanceof Boolean)
        && !(value instanceof byte[])
        && value != PickledNone.NONE) {
      throw new PickleFault("plain data", value instanceof PickledArray ? "an array without content" : PickleFault.kind(value));
    }
  }
}
