package dev.sparrow.kernel;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Arrays that no pass is using at the moment. What passes of all kinds and batch sizes need together is allocated once. */
final class ArrayPool {

  private final Kernels kernels;
  private final Map<Room, ArrayDeque<float[]>> free = new HashMap<>();

  ArrayPool(Kernels kernels) {
    this.kernels = kernels;
  }

  /** An array whose halo is zero and whose other content is arbitrary. */
  float[] take(Room room) {
    ArrayDeque<float[]> arrays = free.get(room);
    return arrays == null || arrays.isEmpty() ? new float[room.length(kernels)] : arrays.pop();
  }

  /** Takes an array back that {@link #take} gave. */
  void give(Room room, float[] array) {
    free.computeIfAbsent(room, key -> new ArrayDeque<>()).push(array);
  }
}
