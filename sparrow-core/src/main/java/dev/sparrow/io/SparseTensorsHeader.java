package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The JSON header of a sparrow-sparse file.
 *
 * @param metadata the free-text map
 * @param tensors in the order in which their bytes follow, without gaps
 */
record SparseTensorsHeader(Map<String, String> metadata, List<SparseTensorEntry> tensors) {

  /** The longest header in bytes: room for thousands of tensors, and little memory whatever it holds. */
  static final int MAX_BYTES = 1 << 20;

  /** Checks that names are unique and texts are there. */
  SparseTensorsHeader {
    if (metadata.values().stream().anyMatch(Objects::isNull)) {
      throw BadInput.data("metadata", "texts", "null", "header");
    }
    Set<String> names = new LinkedHashSet<>();
    for (SparseTensorEntry tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw BadInput.data("tensor name", "one '" + tensor.name() + "'", "several", "header");
      }
    }
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /**
   * Reads a header.
   *
   * @param json its bytes
   * @param dataBytes size of the tensors that follow it
   * @param file for messages
   * @throws BadInput if it is damaged or the tensors do not fill exactly what follows
   */
  static SparseTensorsHeader parse(byte[] json, long dataBytes, Object file) {
    SparseTensorsHeader header = Json.parse(new String(json, StandardCharsets.UTF_8), SparseTensorsHeader.class, file);
    long left = dataBytes;
    for (SparseTensorEntry tensor : header.tensors) {
      if (tensor.bytes() > left) {
        throw BadInput.data("tensor '" + tensor.name() + "'", "at most the " + left + " bytes that are left", tensor.bytes(), file);
      }
      left -= tensor.bytes();
    }
    if (left != 0) {
      throw BadInput.data("tensors", "the file's " + dataBytes + " bytes", dataBytes - left, file);
    }
    return header;
  }

  /** The header as a file holds it. */
  byte[] toBytes() {
    byte[] json = Json.line(this).getBytes(StandardCharsets.UTF_8);
    if (json.length > MAX_BYTES) {
      throw BadInput.data("header", "at most " + MAX_BYTES + " bytes", json.length, tensors.size() + " tensors");
    }
    return json;
  }
}
