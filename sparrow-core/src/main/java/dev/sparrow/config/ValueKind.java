package dev.sparrow.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sparrow.BadInput;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** What a value of a settings file may be. */
public enum ValueKind {
  /** With or without a fraction. */
  NUMBER("a number") {
    @Override
    Optional<JsonNode> accept(JsonNode value) {
      return value.isNumber() ? Optional.of(NODES.numberNode(value.asDouble())) : Optional.empty();
    }

    @Override
    Optional<JsonNode> parse(String text) {
      return parsed(() -> NODES.numberNode(Double.parseDouble(text)));
    }
  },
  /** Without a fraction. */
  WHOLE("a whole number") {
    @Override
    Optional<JsonNode> accept(JsonNode value) {
      return value.isIntegralNumber() ? Optional.of(value) : Optional.empty();
    }

    @Override
    Optional<JsonNode> parse(String text) {
      return parsed(() -> NODES.numberNode(Long.parseLong(text)));
    }
  },
  /** On or off. */
  SWITCH("true or false") {
    @Override
    Optional<JsonNode> accept(JsonNode value) {
      return value.isBoolean() ? Optional.of(value) : Optional.empty();
    }

    @Override
    Optional<JsonNode> parse(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      return lower.equals("true") || lower.equals("false") ? Optional.of(NODES.booleanNode(lower.equals("true"))) : Optional.empty();
    }
  },
  /** Text; a number is one too. */
  TEXT("a text") {
    @Override
    Optional<JsonNode> accept(JsonNode value) {
      // An epsilon is stored as 8/255 but may be given as 0.031.
      return value.isTextual() || value.isNumber() ? Optional.of(NODES.textNode(value.asText())) : Optional.empty();
    }

    @Override
    Optional<JsonNode> parse(String text) {
      return Optional.of(NODES.textNode(text));
    }
  },
  /** Several without fractions. */
  WHOLES("a list of whole numbers") {
    @Override
    Optional<JsonNode> accept(JsonNode value) {
      boolean fits = value.isArray() && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isIntegralNumber);
      return fits ? Optional.of(value) : Optional.empty();
    }

    @Override
    Optional<JsonNode> parse(String text) {
      return parsed(
          () -> {
            ArrayNode list = NODES.arrayNode();
            for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
              list.add(Integer.parseInt(part.strip()));
            }
            return list;
          });
    }
  };

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String description;

  ValueKind(String description) {
    this.description = description;
  }

  /**
   * How an error message names it.
   *
   * @return for example {@code "a whole number"}
   */
  public String description() {
    return description;
  }

  /**
   * Reads a value.
   *
   * @param key what it is the value of, for error messages
   * @param value as a file holds it
   * @param typed whether it was written where everything is text, as in YAML, so that a text may stand for a number
   * @param where where it was given, for error messages
   * @return the value as this kind stores it
   * @throws BadInput if it is of another kind
   */
  public JsonNode read(String key, JsonNode value, boolean typed, String where) {
    return (typed && value.isTextual() ? parse(value.asText()) : accept(value))
        .orElseThrow(() -> BadInput.data(key, description, value.isTextual() ? "'" + value.asText() + "'" : value, where));
  }

  /** The value as this kind stores it, if it is of this kind. */
  abstract Optional<JsonNode> accept(JsonNode value);

  /** The value that a typed text stands for, if it stands for one of this kind. */
  abstract Optional<JsonNode> parse(String text);

  /** The kind of a default. */
  static ValueKind of(JsonNode value) {
    if (value.isArray()) {
      return WHOLES;
    }
    if (value.isBoolean()) {
      return SWITCH;
    }
    if (value.isIntegralNumber()) {
      return WHOLE;
    }
    return value.isNumber() ? NUMBER : TEXT;
  }

  private static Optional<JsonNode> parsed(Supplier<JsonNode> parser) {
    try {
      return Optional.of(parser.get());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
