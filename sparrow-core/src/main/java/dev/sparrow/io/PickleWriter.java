package dev.sparrow.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The few instructions of Python's pickle protocol 2 that a PyTorch checkpoint of plain data needs; nothing is ever shared. */
final class PickleWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleWriter() {
    opcode(0x80).opcode(2);
  }

  private PickleWriter opcode(int code) {
    out.write(code);
    return this;
  }

  private PickleWriter littleEndian(int code, int value) {
    out.writeBytes(ByteBuffer.allocate(1 + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).put((byte) code).putInt(value).array());
    return this;
  }

  /** A function or class by name. */
  PickleWriter global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Begins the values of a tuple, a list or a dictionary. */
  PickleWriter begin() {
    return opcode('(');
  }

  /** All values since {@link #begin} become a tuple. */
  PickleWriter tuple() {
    return opcode('t');
  }

  PickleWriter emptyDictionary() {
    return opcode('}');
  }

  PickleWriter emptyList() {
    return opcode(']');
  }

  /** All keys and values since {@link #begin} go into the dictionary before it. */
  PickleWriter intoDictionary() {
    return opcode('u');
  }

  /** All values since {@link #begin} go to the end of the list before it. */
  PickleWriter intoList() {
    return opcode('e');
  }

  /** Calls the function below with the tuple on top. */
  PickleWriter call() {
    return opcode('R');
  }

  /** The tuple on top names something outside of the pickle. */
  PickleWriter persistent() {
    return opcode('Q');
  }

  PickleWriter emptyOrderedDict() {
    return global("collections", "OrderedDict").begin().tuple().call();
  }

  PickleWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    littleEndian('X', utf8.length).out.writeBytes(utf8);
    return this;
  }

  PickleWriter truth(boolean value) {
    return opcode(value ? 0x88 : 0x89);
  }

  PickleWriter whole(long value) {
    if (value == (int) value) {
      return littleEndian('J', (int) value);
    }
    opcode(0x8a).opcode(Long.BYTES).out.writeBytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  PickleWriter number(double value) {
    opcode('G').out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    return this;
  }

  /** JSON as dictionaries, lists, texts and numbers. */
  PickleWriter plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        emptyDictionary().begin();
        value.properties().forEach(field -> text(field.getKey()).plain(field.getValue()));
        yield intoDictionary();
      }
      case ARRAY -> {
        emptyList().begin();
        value.forEach(this::plain);
        yield intoList();
      }
      case STRING -> text(value.textValue());
      case BOOLEAN -> truth(value.booleanValue());
      case NUMBER -> value.canConvertToLong() && value.isIntegralNumber() ? whole(value.longValue()) : number(value.doubleValue());
      case NULL -> opcode('N');
      default -> throw new IllegalArgumentException("plain data: expected objects, arrays, texts, numbers and null, got " + value.getNodeType());
    };
  }

  /** Ends the pickle with the value on top as its result. */
  byte[] end() {
    opcode('.');
    return out.toByteArray();
  }
}
