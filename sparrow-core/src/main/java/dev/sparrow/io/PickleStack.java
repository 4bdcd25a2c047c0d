package dev.sparrow.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pickle machine's stack, with marks, and its memo. */
final class PickleStack {

  private static final Object MARK = new Object();

  private final List<Object> values = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  void push(Object value) {
    values.add(value);
  }

  void mark() {
    values.add(MARK);
  }

  Object top() {
    if (values.isEmpty() || values.get(values.size() - 1) == MARK) {
      throw new PickleFault("a value on the stack", values.isEmpty() ? "nothing" : "a mark");
    }
    return values.get(values.size() - 1);
  }

  <T> T top(Class<T> type) {
    return cast(type, top());
  }

  Object pop() {
    Object value = top();
    values.remove(values.size() - 1);
    return value;
  }

  <T> T pop(Class<T> type) {
    return cast(type, pop());
  }

  /** Removes everything above the last mark, and the mark. */
  List<Object> popMark() {
    int mark = values.lastIndexOf(MARK);
    if (mark < 0) {
      throw new PickleFault("a mark on the stack", "none");
    }
    List<Object> above = new ArrayList<>(values.subList(mark + 1, values.size()));
    values.subList(mark, values.size()).clear();
    return above;
  }

  /** Removes the last few values, first pushed first. */
  List<Object> popTuple(int size) {
    Object[] tuple = new Object[size];
    for (int i = size - 1; i >= 0; i--) {
      tuple[i] = pop();
    }
    return List.of(tuple);
  }

  void memoize(long index) {
    memo.put(index, top());
  }

  void memoizeNext() {
    memoize(memo.size());
  }

  void recall(long index) {
    if (!memo.containsKey(index)) {
      throw new PickleFault("a memo entry " + index, "none");
    }
    push(memo.get(index));
  }

  private static <T> T cast(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new PickleFault(type.getSimpleName(), PickleFault.kind(value));
    }
    return type.cast(value);
  }
}
