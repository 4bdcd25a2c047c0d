package dev.sparrow.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message of Protocol Buffers, read by the format's description alone: values by field number, in order. Owes nothing to the writer. */
public record ProtoFields(Map<Integer, List<Object>> fields) {

  public static ProtoFields parse(ByteBuffer bytes) {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Object>> fields = new TreeMap<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      Object value =
          switch ((int) key & 7) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 2 -> bytes(in, Math.toIntExact(varint(in)));
            case 5 -> in.getFloat();
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      fields.computeIfAbsent((int) (key >>> 3), number -> new ArrayList<>()).add(value);
    }
    return new ProtoFields(fields);
  }

  private static ByteBuffer bytes(ByteBuffer in, int length) {
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    return bytes;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private List<Object> all(int field) {
    return fields.getOrDefault(field, List.of());
  }

  private Object only(int field) {
    if (all(field).size() != 1) {
      throw new AssertionError("field " + field + ": " + all(field).size() + " values");
    }
    return all(field).get(0);
  }

  public boolean has(int field) {
    return fields.containsKey(field);
  }

  public long number(int field) {
    return (Long) only(field);
  }

  public List<Long> numbers(int field) {
    return all(field).stream().map(Long.class::cast).toList();
  }

  public float single(int field) {
    return (Float) only(field);
  }

  public double real(int field) {
    return (Double) only(field);
  }

  public ByteBuffer data(int field) {
    return ((ByteBuffer) only(field)).duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  public String text(int field) {
    return StandardCharsets.UTF_8.decode(data(field)).toString();
  }

  public List<String> texts(int field) {
    return all(field).stream().map(value -> StandardCharsets.UTF_8.decode(((ByteBuffer) value).duplicate()).toString()).toList();
  }

  public ProtoFields message(int field) {
    return parse(data(field));
  }

  public List<ProtoFields> messages(int field) {
    return all(field).stream().map(value -> parse((ByteBuffer) value)).toList();
  }
}
