package dev.sparrow.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Plans the memory of a pass ahead of it: every value gets a number of a buffer, and a buffer that has no owner any more is used again. One
 * buffer may have several owners: the gradient of a sum is that of both summands.
 */
final class BufferPlan {

  /** The number of an empty array, which stands for words that are not wanted. */
  static final int NONE = 0;

  private final List<Room> rooms = new ArrayList<>();
  private final List<Integer> owners = new ArrayList<>();

  /** A buffer of this kind, with one owner. */
  int take(Room room) {
    for (int i = 0; i < rooms.size(); i++) {
      if (owners.get(i) == 0 && rooms.get(i).equals(room)) {
        owners.set(i, 1);
        return i + 1;
      }
    }
    rooms.add(room);
    owners.add(1);
    return rooms.size();
  }

  /** Adds an owner. */
  int share(int buffer) {
    owners.set(buffer - 1, owners.get(buffer - 1) + 1);
    return buffer;
  }

  /** Removes an owner; of {@link #NONE} there is none. */
  void release(int buffer) {
    if (buffer != NONE) {
      owners.set(buffer - 1, owners.get(buffer - 1) - 1);
    }
  }

  /** Whether a buffer may be overwritten by its one owner. */
  boolean isSole(int buffer) {
    return buffer != NONE && owners.get(buffer - 1) == 1;
  }

  /** What all buffers are for, the one with number 1 first. */
  List<Room> rooms() {
    return List.copyOf(rooms);
  }
}
