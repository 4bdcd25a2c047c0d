package dev.sparrow.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the first tensor of a sparrow-sparse file bit by bit, as docs/sparrow-sparse.md describes it; trusts the file. */
final class SlowSparseReader {

  private final ByteBuffer file;
  private final JsonNode tensor;
  private final int begin;
  private long bit;

  SlowSparseReader(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = file.getInt(12);
    tensor = Json.parse(new String(bytes, 16, header, StandardCharsets.UTF_8), JsonNode.class, "header").at("/tensors/0");
    begin = 16 + header;
  }

  int rice() {
    return tensor.at("/mask/rice").intValue();
  }

  private boolean nextBit() {
    int at = begin + (int) (bit / 8);
    boolean set = (file.get(at) >> bit % 8 & 1) == 1;
    bit++;
    return set;
  }

  private int nextGap() {
    int quotient = 0;
    while (!nextBit()) {
      quotient++;
    }
    int gap = quotient * (1 << rice());
    for (int place = 0; place < rice(); place++) {
      gap += nextBit() ? 1 << place : 0;
    }
    return gap;
  }

  float[] floats(int size) {
    float[] values = new float[size];
    int count = tensor.at("/mask/values").intValue();
    int next = begin + tensor.get("bytes").intValue() - 4 * count;
    int position = 0;
    for (int i = 0; i < count; i++, position++, next += 4) {
      position += nextGap();
      values[position] = file.getFloat(next);
    }
    return values;
  }
}
