package dev.sparrow.io;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.NopIndenter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * The one way JSON is read and written: strictly. An unknown key, a missing number, a duplicate key, a number where a text belongs or
 * anything after the end is a {@link BadInput} that names the place. Keys keep the order of declaration, empty {@code Optional}s are
 * absent, and numbers read the same on every JDK.
 */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Double.toString changed in JDK 19; Jackson's own writer gives the shortest digits everywhere.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          // Messages must not quote whole documents.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final Separators SEPARATORS =
      Separators.createDefaultInstance()
          .withObjectFieldValueSpacing(Spacing.AFTER)
          .withObjectEmptySeparator("")
          .withArrayValueSpacing(Spacing.AFTER)
          .withArrayEmptySeparator("");

  private Json() {}

  /**
   * The strict mapper behind this class, for trees and streams.
   *
   * @return shared; configured once, so do not change it
   */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * A value as a tree.
   *
   * @param value a record, map, list or scalar
   * @return a fresh tree
   */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * A value on one line.
   *
   * @param value a record, map, list, tree or scalar
   * @return JSON without line breaks
   */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not representable as JSON: " + value, e);
    }
  }

  /**
   * A value laid out for people.
   *
   * @param value a record, map, list, tree or scalar
   * @return JSON indented by two blanks, with {@code \n} and a final line break on every platform
   */
  public static String pretty(Object value) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(SEPARATORS).withObjectIndenter(indenter).withArrayIndenter(new NopIndenter());
    try {
      return MAPPER.writer(printer).writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not representable as JSON: " + value, e);
    }
  }

  /**
   * Reads a whole file.
   *
   * @param file a UTF-8 JSON file
   * @param type what it holds; {@link JsonNode} for any tree
   * @param <T> what it holds
   * @return the value
   * @throws BadInput if the file is missing, no JSON or does not fit the type
   */
  public static <T> T read(Path file, Class<T> type) {
    return parse(TextFiles.read(file, "JSON"), type, file);
  }

  /**
   * Reads a text.
   *
   * @param text one JSON value
   * @param type what it holds; {@link JsonNode} for any tree
   * @param where file or place it comes from, for error messages
   * @param <T> what it holds
   * @return the value
   * @throws BadInput if it is no JSON or does not fit the type
   */
  public static <T> T parse(String text, Class<T> type, Object where) {
    try (JsonParser parser = MAPPER.createParser(text.getBytes(StandardCharsets.UTF_8))) {
      return bind(readTree(parser), type, where);
    } catch (JsonProcessingException e) {
      throw syntax(e, where);
    } catch (IOException e) {
      throw BadInput.data("JSON", "readable text", e.getMessage(), where, e);
    }
  }

  /**
   * Reads a tree.
   *
   * @param tree the tree
   * @param type what it holds
   * @param where file or place it comes from, for error messages
   * @param <T> what it holds
   * @return the value
   * @throws BadInput if it does not fit the type
   */
  public static <T> T bind(JsonNode tree, Class<T> type, Object where) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (UnrecognizedPropertyException e) {
      String known = e.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
      throw BadInput.data("key", "one of " + known, "'" + path(e) + "'", where, e);
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof BadInput fault) {
        throw fault.at(path(e).isEmpty() ? where : where + ", " + path(e));
      }
      throw BadInput.data(path(e).isEmpty() ? "JSON" : path(e), "a value of " + type.getSimpleName(), problem(e), where, e);
    } catch (JsonProcessingException e) {
      throw syntax(e, where);
    }
  }

  /**
   * The dotted path of the key at which binding failed.
   *
   * @param e the failure
   * @return for example {@code "sparsity.density"} or {@code "layers[3].name"}; empty for the root
   */
  public static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static JsonNode readTree(JsonParser parser) throws IOException {
    JsonNode tree = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(parser);
    if (tree == null) {
      throw new JsonMappingException(parser, "an empty text");
    }
    if (parser.nextToken() != null) {
      throw new JsonMappingException(parser, "something after the end");
    }
    return tree;
  }

  private static BadInput syntax(JsonProcessingException e, Object where) {
    String place = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    return BadInput.data("JSON", "one well-formed value", firstLine(e), where + place, e);
  }

  /** What Jackson found, without its advice on how to be less strict. */
  private static String problem(JsonMappingException e) {
    String message = firstLine(e);
    boolean missing = message.startsWith("Cannot map `null`") || message.startsWith("Null value for creator property");
    return missing ? "nothing" : message.replaceFirst(" \\(set .*\\)$", "");
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("nothing");
  }
}
