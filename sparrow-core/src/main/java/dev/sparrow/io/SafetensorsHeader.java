package dev.sparrow.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparrow.BadInput;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, checked: every entry's offsets match its shape, and together the entries cover the data exactly.
 *
 * @param tensors name to place, in the header's order
 * @param metadata the free-text map; empty if the file has none
 */
record SafetensorsHeader(Map<String, TensorEntry> tensors, Map<String, String> metadata) {

  static final String METADATA = "__metadata__";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Parses and checks a header.
   *
   * @param json the header's bytes
   * @param dataBytes size of what follows the header
   * @param file for error messages
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes, Object file) {
    JsonNode root = readTree(json, file);
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    root.properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(field.getValue(), file));
              } else {
                String where = "tensor '" + field.getKey() + "' in " + file;
                tensors.put(field.getKey(), entry(field.getValue(), where));
              }
            });
    requireExactCover(tensors, dataBytes, file);
    return new SafetensorsHeader(tensors, metadata);
  }

  private static JsonNode readTree(byte[] json, Object file) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.isObject()) {
        throw BadInput.data("safetensors header", "a JSON object", root.getNodeType(), file);
      }
      return root;
    } catch (JsonProcessingException e) {
      throw BadInput.data("safetensors header", "JSON", firstLine(e.getOriginalMessage()), file, e);
    } catch (IOException e) {
      throw BadInput.data("safetensors header", "UTF-8", firstLine(e.getMessage()), file, e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static Map<String, String> metadata(JsonNode node, Object file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw BadInput.data(METADATA, "an object of strings", node.getNodeType(), file);
    }
    node.properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual()) {
                throw BadInput.data(METADATA + " '" + field.getKey() + "'", "a string", field.getValue().getNodeType(), file);
              }
              metadata.put(field.getKey(), field.getValue().textValue());
            });
    return metadata;
  }

  private static TensorEntry entry(JsonNode node, String where) {
    DType dtype = dtype(node.path("dtype"), where);
    Shape shape = shape(node.path("shape"), where);
    JsonNode offsets = node.path("data_offsets");
    if (!offsets.isArray() || offsets.size() != 2) {
      throw BadInput.data("data_offsets", "[begin, end]", offsets.getNodeType(), where);
    }
    TensorEntry entry = new TensorEntry(dtype, shape, offset(offsets.get(0), where), offset(offsets.get(1), where));
    long expected = bytes(dtype, shape, where);
    if (entry.bytes() != expected) {
      throw BadInput.data("data_offsets", expected + " bytes for " + dtype + " " + shape.dims(), entry.bytes(), where);
    }
    return entry;
  }

  private static DType dtype(JsonNode node, String where) {
    for (DType dtype : DType.values()) {
      if (dtype.name().equals(node.asText())) {
        return dtype;
      }
    }
    throw BadInput.data("dtype", "one of " + List.of(DType.values()), "'" + node.asText() + "'", where);
  }

  private static Shape shape(JsonNode node, String where) {
    if (!node.isArray()) {
      throw BadInput.data("shape", "a list of whole numbers", node.getNodeType(), where);
    }
    List<Integer> dims = new ArrayList<>();
    for (JsonNode dim : node) {
      if (!dim.isIntegralNumber() || !dim.canConvertToInt() || dim.intValue() < 0) {
        throw BadInput.data("shape", "whole numbers in [0, " + Integer.MAX_VALUE + "]", dim, where);
      }
      dims.add(dim.intValue());
    }
    return new Shape(dims);
  }

  private static long offset(JsonNode node, String where) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw BadInput.data("data_offsets", "whole numbers of at least 0", node, where);
    }
    return node.longValue();
  }

  private static long bytes(DType dtype, Shape shape, String where) {
    try {
      return Math.multiplyExact(shape.size(), (long) dtype.bytes());
    } catch (ArithmeticException e) {
      throw BadInput.data("shape", "a size below 2^63 bytes", shape.dims(), where, e);
    }
  }

  /** The format has no holes and no overlaps: sorted by offset, each tensor begins where the one before it ends. */
  private static void requireExactCover(Map<String, TensorEntry> tensors, long dataBytes, Object file) {
    List<Map.Entry<String, TensorEntry>> byOffset = new ArrayList<>(tensors.entrySet());
    byOffset.sort(
        Comparator.comparingLong((Map.Entry<String, TensorEntry> e) -> e.getValue().begin()).thenComparingLong(e -> e.getValue().end()));
    long reached = 0;
    for (Map.Entry<String, TensorEntry> tensor : byOffset) {
      if (tensor.getValue().begin() != reached) {
        throw BadInput.data(
            "data_offsets", "begin " + reached, tensor.getValue().begin(), "tensor '" + tensor.getKey() + "' in " + file);
      }
      reached = tensor.getValue().end();
    }
    if (reached != dataBytes) {
      throw BadInput.data("safetensors data", reached + " bytes", dataBytes, file);
    }
  }
}
