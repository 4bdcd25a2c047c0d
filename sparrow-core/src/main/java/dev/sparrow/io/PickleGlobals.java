package dev.sparrow.io;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The few names that plain data needs, each with a Java function in its place; every other name is refused. */
final class PickleGlobals {

  private static final Set<String> LATIN1 = Set.of("latin1", "latin-1");

  /** What a {@code defaultdict} may name as the maker of its values. */
  private static final List<String> FACTORIES = List.of("dict", "list", "int", "float");

  /** Fewest bytes in which a pickle can write a pair, so that writing each once never exceeds the budget. */
  private static final int PAIR_COST = 8;

  private final CopyBudget copies;
  private final Map<String, Object> known = new HashMap<>();

  PickleGlobals(CopyBudget copies) {
    this.copies = copies;
    allow("collections.OrderedDict", this::orderedDict);
    allow("collections.Counter", this::counter);
    allow("collections.defaultdict", PickleGlobals::defaultDictionary);
    allow("_codecs.encode", this::encode);
    for (String builtins : List.of("builtins", "__builtin__")) {
      allow(builtins + ".bytes", PickleGlobals::emptyBytes);
      allow(builtins + ".set", PickleGlobals::set);
      FACTORIES.forEach(type -> allow(builtins + "." + type, arguments -> refuseCall(type)));
    }
    allow("numpy.ndarray", arguments -> refuseCall("numpy.ndarray"));
    allow("numpy.dtype", NumpyDtype::of);
    for (String core : List.of("numpy.core", "numpy._core")) {
      allow(core + ".multiarray._reconstruct", this::reconstruct);
      allow(core + ".multiarray.scalar", this::scalar);
      allow(core + ".numeric._frombuffer", this::fromBuffer);
    }
  }

  /** Adds a name that may be called. */
  void allow(String name, Function<List<Object>, Object> call) {
    known.put(name, new PickleGlobal(name, call));
  }

  /** Adds a name that stands for a value. */
  void allowValue(String name, Object value) {
    known.put(name, value);
  }

  /** The stand-in for a name. */
  Object find(String module, String name) {
    String qualified = module + "." + name;
    if (!known.containsKey(qualified)) {
      throw new PickleFault("plain data", "global '" + qualified + "'");
    }
    return known.get(qualified);
  }

  /** {@code OrderedDict()} or, from Python 2, {@code OrderedDict([[key, value], ...])}. */
  private Object orderedDict(List<Object> arguments) {
    Map<Object, Object> dictionary = new PickledDictionary();
    if (arguments.isEmpty()) {
      return dictionary;
    }
    requireArguments("collections.OrderedDict", arguments, 1);
    if (!(arguments.get(0) instanceof List<?> pairs)) {
      throw new PickleFault("pairs of an OrderedDict", PickleFault.kind(arguments.get(0)));
    }
    copies.charge((long) PAIR_COST * pairs.size());
    for (Object pair : pairs) {
      if (!(pair instanceof List<?> two) || two.size() != 2 || !(two.get(0) instanceof String key)) {
        throw new PickleFault("pairs of a text and a value in an OrderedDict", PickleFault.kind(pair));
      }
      dictionary.put(key, two.get(1));
    }
    return dictionary;
  }

  /** {@code defaultdict(list)}: empty when made; what it makes for keys that it does not have is not needed. */
  private static Object defaultDictionary(List<Object> arguments) {
    requireArguments("collections.defaultdict", arguments, 1);
    return new LinkedHashMap<>();
  }

  /** {@code set([...])}: its list. */
  private static Object set(List<Object> arguments) {
    requireArguments("set", arguments, 1);
    if (!(arguments.get(0) instanceof List<?> values)) {
      throw new PickleFault("values of a set", PickleFault.kind(arguments.get(0)));
    }
    return values;
  }

  /** {@code Counter({key: count, ...})}. */
  private Object counter(List<Object> arguments) {
    requireArguments("collections.Counter", arguments, 1);
    if (!(arguments.get(0) instanceof Map<?, ?> counts)) {
      throw new PickleFault("counts of a Counter", PickleFault.kind(arguments.get(0)));
    }
    copies.charge((long) PAIR_COST * counts.size());
    return new LinkedHashMap<>(counts);
  }

  /** How Python 3 writes {@code bytes} for Python 2: {@code _codecs.encode('...', 'latin1')}. */
  private Object encode(List<Object> arguments) {
    requireArguments("_codecs.encode", arguments, 2);
    if (!(arguments.get(0) instanceof String text) || !(arguments.get(1) instanceof String encoding) || !LATIN1.contains(encoding)) {
      throw new PickleFault("_codecs.encode of a text to latin1", PickleFault.kind(arguments.get(0)) + " to another encoding");
    }
    return copies.latin1(text);
  }

  /** How Python 3 writes {@code b''} for Python 2. */
  private static Object emptyBytes(List<Object> arguments) {
    requireArguments("bytes", arguments, 0);
    return new byte[0];
  }

  /** {@code _reconstruct(numpy.ndarray, (0,), b'b')}: an array whose content follows as state. */
  private Object reconstruct(List<Object> arguments) {
    requireArguments("_reconstruct", arguments, 3);
    if (!(arguments.get(0) instanceof PickleGlobal type) || !type.name().equals("numpy.ndarray")) {
      throw new PickleFault("_reconstruct of a numpy.ndarray", PickleFault.kind(arguments.get(0)));
    }
    return new PickledArray(copies);
  }

  /** {@code scalar(dtype, bytes)}: an array without dimensions. */
  private Object scalar(List<Object> arguments) {
    requireArguments("scalar", arguments, 2);
    if (!(arguments.get(0) instanceof NumpyDtype dtype)) {
      throw new PickleFault("scalar with a dtype", PickleFault.kind(arguments.get(0)));
    }
    PickledArray array = new PickledArray(copies);
    array.fill(dtype.dtype(), List.of(), false, arguments.get(1));
    return array;
  }

  /** {@code _frombuffer(bytes, dtype, shape, order)}: protocol 5. */
  private Object fromBuffer(List<Object> arguments) {
    requireArguments("_frombuffer", arguments, 4);
    if (!(arguments.get(1) instanceof NumpyDtype dtype)) {
      throw new PickleFault("_frombuffer with a dtype", PickleFault.kind(arguments.get(1)));
    }
    PickledArray array = new PickledArray(copies);
    array.fill(dtype.dtype(), arguments.get(2), arguments.get(3).equals("F"), arguments.get(0));
    return array;
  }

  private static Object refuseCall(String name) {
    throw new PickleFault("plain data", "a call of '" + name + "'");
  }

  private static void requireArguments(String name, List<Object> arguments, int count) {
    if (arguments.size() != count) {
      throw new PickleFault(count + " arguments of " + name, arguments.size());
    }
  }
}
