package dev.sparrow.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs the opcodes of one pickle. It never recurses, each opcode takes time in proportion to its bytes or to the values it removes from the
 * stack, and the number of opcodes is limited, so no input can hang it or fill the memory with small values.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">pickletools, which documents every opcode</a>
 */
final class PickleMachine {

  /** CIFAR-100's training file, 50,000 names and labels, has about 400,000 in 150 MB. */
  private static final int MAX_OPCODES = 4_000_000;

  /** What the smallest file may have: a network of a thousand tensors and an optimizer with it. */
  private static final int MIN_OPCODES = 250_000;

  /** Memory of one value that an opcode of one byte can make, half of it: so values take at most twice the file. */
  private static final int BYTES_PER_OPCODE = 32;

  private static final int MAX_PROTOCOL = 5;
  private static final int STOP = '.';

  /** What exists but is never plain data, or only in the text protocol 0. */
  private static final Map<Integer, String> REFUSED =
      Map.ofEntries(
          Map.entry((int) 'S', "STRING"), Map.entry((int) 'V', "UNICODE"), Map.entry((int) 'i', "INST"), Map.entry((int) 'o', "OBJ"),
          Map.entry((int) 'P', "PERSID"), Map.entry((int) 'Q', "BINPERSID"), Map.entry(0x81, "NEWOBJ"), Map.entry(0x92, "NEWOBJ_EX"),
          Map.entry(0x82, "EXT1"), Map.entry(0x83, "EXT2"), Map.entry(0x84, "EXT4"), Map.entry(0x8f, "EMPTY_SET"),
          Map.entry(0x90, "ADDITEMS"), Map.entry(0x91, "FROZENSET"), Map.entry(0x97, "NEXT_BUFFER"), Map.entry(0x98, "READONLY_BUFFER"));

  /** One opcode; its arguments are read from the input. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  private final PickleInput input;
  private final int mostOpcodes;
  private final PickleGlobals globals;
  private final PickleStack stack = new PickleStack();
  private final Map<Integer, Action> actions = new HashMap<>();

  /** Bytes used as dictionary keys, as text; each is converted once however often it is used. */
  private final Map<byte[], String> keys = new IdentityHashMap<>();

  /**
   * A machine before its first opcode.
   *
   * @param input the program
   * @param globals the names that it may mention
   * @param persistent what stands for objects that are kept outside of the pickle; empty to refuse them
   */
  PickleMachine(PickleInput input, PickleGlobals globals, Optional<UnaryOperator<Object>> persistent) {
    this.input = input;
    this.mostOpcodes = mostOpcodes(input.remaining());
    this.globals = globals;
    defineFraming();
    defineScalars();
    defineTexts();
    defineContainers();
    defineMemo();
    defineObjects();
    persistent.ifPresent(objects -> actions.put((int) 'Q', () -> stack.push(objects.apply(stack.pop()))));
  }

  /** How many opcodes a pickle in so many bytes may have. */
  private static int mostOpcodes(long bytes) {
    return (int) Math.min(MAX_OPCODES, MIN_OPCODES + bytes / BYTES_PER_OPCODE);
  }

  /** Runs to the end and returns the value on top of the stack. */
  Object run() throws IOException {
    for (int count = 0; count < mostOpcodes; count++) {
      int opcode = input.u1();
      if (opcode == STOP) {
        return stack.pop();
      }
      Action action = actions.get(opcode);
      if (action == null) {
        throw new PickleFault("plain data", "opcode 0x" + Integer.toHexString(opcode) + " " + REFUSED.getOrDefault(opcode, "(unknown)"));
      }
      action.run();
    }
    throw new PickleFault("at most " + mostOpcodes + " opcodes in a file of this size", "more");
  }

  private void defineFraming() {
    actions.put(0x80, () -> requireProtocol(input.u1()));
    actions.put(0x95, () -> input.require(input.u8()));
    actions.put((int) '(', stack::mark);
    actions.put((int) '0', stack::pop);
    actions.put((int) '1', stack::popMark);
    actions.put((int) '2', () -> stack.push(stack.top()));
  }

  private void defineScalars() {
    actions.put((int) 'N', () -> stack.push(PickledNone.NONE));
    actions.put(0x88, () -> stack.push(true));
    actions.put(0x89, () -> stack.push(false));
    actions.put((int) 'J', () -> stack.push((long) input.i4()));
    actions.put((int) 'K', () -> stack.push((long) input.u1()));
    actions.put((int) 'M', () -> stack.push((long) input.u2()));
    actions.put((int) 'I', () -> stack.push(PickleNumbers.ofText(input.line())));
    actions.put((int) 'L', () -> stack.push(PickleNumbers.ofText(input.line())));
    actions.put(0x8a, () -> stack.push(PickleNumbers.ofBytes(input, input.u1())));
    actions.put(0x8b, () -> stack.push(PickleNumbers.ofBytes(input, input.u4())));
    actions.put((int) 'F', () -> stack.push(PickleNumbers.floatOfText(input.line())));
    actions.put((int) 'G', () -> stack.push(input.f8()));
  }

  private void defineTexts() {
    actions.put((int) 'U', () -> stack.push(input.latin1(input.u1())));
    actions.put((int) 'T', () -> stack.push(input.latin1(input.u4())));
    actions.put(0x8c, () -> stack.push(input.utf8(input.u1())));
    actions.put((int) 'X', () -> stack.push(input.utf8(input.u4())));
    actions.put(0x8d, () -> stack.push(input.utf8(input.u8())));
    actions.put((int) 'C', () -> stack.push(input.bytes(input.u1())));
    actions.put((int) 'B', () -> stack.push(input.bytes(input.u4())));
    actions.put(0x8e, () -> stack.push(input.bytes(input.u8())));
    actions.put(0x96, () -> stack.push(input.bytes(input.u8())));
  }

  private void defineContainers() {
    actions.put((int) ']', () -> stack.push(new ArrayList<>()));
    actions.put((int) 'l', () -> stack.push(stack.popMark()));
    actions.put((int) 'a', () -> append(List.of(stack.pop())));
    actions.put((int) 'e', () -> append(stack.popMark()));
    actions.put((int) ')', () -> stack.push(List.of()));
    actions.put((int) 't', () -> stack.push(List.copyOf(stack.popMark())));
    actions.put(0x85, () -> stack.push(stack.popTuple(1)));
    actions.put(0x86, () -> stack.push(stack.popTuple(2)));
    actions.put(0x87, () -> stack.push(stack.popTuple(3)));
    actions.put((int) '}', () -> stack.push(new LinkedHashMap<>()));
    actions.put((int) 'd', this::dictionary);
    actions.put((int) 's', () -> setItems(stack.popTuple(2)));
    actions.put((int) 'u', () -> setItems(stack.popMark()));
  }

  private void defineMemo() {
    actions.put((int) 'g', () -> stack.recall(PickleNumbers.index(input.line())));
    actions.put((int) 'h', () -> stack.recall(input.u1()));
    actions.put((int) 'j', () -> stack.recall(input.u4()));
    actions.put((int) 'p', () -> stack.memoize(PickleNumbers.index(input.line())));
    actions.put((int) 'q', () -> stack.memoize(input.u1()));
    actions.put((int) 'r', () -> stack.memoize(input.u4()));
    actions.put(0x94, stack::memoizeNext);
  }

  private void defineObjects() {
    actions.put((int) 'c', () -> stack.push(globals.find(input.line(), input.line())));
    actions.put(0x93, this::stackGlobal);
    actions.put((int) 'R', this::reduce);
    actions.put((int) 'b', this::build);
  }

  private void stackGlobal() {
    String name = stack.pop(String.class);
    stack.push(globals.find(stack.pop(String.class), name));
  }

  private void reduce() {
    List<Object> arguments = tuple(stack.pop());
    stack.push(stack.pop(PickleGlobal.class).call().apply(arguments));
  }

  private void build() {
    Object state = stack.pop();
    stack.top(PickleBuildable.class).build(state);
  }

  private void dictionary() {
    List<Object> items = stack.popMark();
    stack.push(new LinkedHashMap<>());
    setItems(items);
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> items) {
    // Lists are ArrayLists and tuples are immutable lists, throughout.
    stack.top(ArrayList.class).addAll(items);
  }

  /** A value that is a tuple. */
  @SuppressWarnings("unchecked")
  static List<Object> tuple(Object value) {
    if (!(value instanceof List<?>) || value instanceof ArrayList<?>) {
      throw new PickleFault("a tuple of arguments", PickleFault.kind(value));
    }
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked")
  private void setItems(List<Object> items) {
    if (items.size() % 2 != 0) {
      throw new PickleFault("keys and values in pairs", items.size() + " items");
    }
    Map<Object, Object> dictionary = stack.top(LinkedHashMap.class);
    for (int i = 0; i < items.size(); i += 2) {
      dictionary.put(key(items.get(i)), items.get(i + 1));
    }
  }

  /** Only scalars: hashing a tuple of tuples can take exponential time. */
  private Object key(Object value) {
    if (value instanceof byte[] bytes) {
      return keys.computeIfAbsent(bytes, key -> new String(key, StandardCharsets.ISO_8859_1));
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean || value == PickledNone.NONE) {
      return value;
    }
    throw new PickleFault("a dictionary key that is a text or a number", PickleFault.kind(value));
  }

  private static void requireProtocol(int protocol) {
    if (protocol > MAX_PROTOCOL) {
      throw new PickleFault("protocol of at most " + MAX_PROTOCOL, protocol);
    }
  }
}
