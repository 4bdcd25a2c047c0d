package dev.sparrow.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Files that people write, in JSON or, by their names, in YAML ({@code .yaml}, {@code .yml}). Both are read strictly: a duplicate key or
 * malformed text is a {@link BadInput} that names the file. Of YAML there are keys, values and lists; aliases and tags, which would be read
 * as something else than they mean, are refused.
 */
public final class Documents {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Documents() {}

  /**
   * Whether a file is read as YAML, where a text may stand for a number.
   *
   * @param file the file
   * @return true by its name
   */
  public static boolean isYaml(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /**
   * Reads keys and values.
   *
   * @param file the file; an empty YAML file has no keys
   * @param what what it holds, for error messages, for example {@code "configuration"}
   * @return a fresh tree
   * @throws BadInput if the file is missing or malformed, or holds something else
   */
  public static ObjectNode read(Path file, String what) {
    JsonNode root = isYaml(file) ? readYaml(file) : Json.read(file, JsonNode.class);
    if (!(root instanceof ObjectNode object)) {
      throw BadInput.data(what, "keys and values", root.getNodeType().name().toLowerCase(Locale.ROOT), file);
    }
    return object;
  }

  private static JsonNode readYaml(Path file) {
    String text = TextFiles.read(file, "YAML");
    try {
      requirePlain(text, file);
      JsonNode root = YAML.readTree(text);
      return root.isMissingNode() || root.isNull() ? JsonNodeFactory.instance.objectNode() : root;
    } catch (JsonProcessingException e) {
      throw BadInput.data("YAML", "well-formed text", e.getOriginalMessage().lines().findFirst().orElse("nothing"), file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text that is in memory", e);
    }
  }

  /** Jackson reads an alias as the text of its name, and drops tags. */
  private static void requirePlain(String text, Path file) throws IOException {
    try (YAMLParser parser = YAML.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias() || parser.getTypeId() != null) {
          String got = parser.isCurrentAlias() ? "the alias '*" + parser.getText() + "'" : "the tag '" + parser.getTypeId() + "'";
          throw BadInput.data("YAML", "plain keys and values", got, file + ", line " + parser.currentTokenLocation().getLineNr());
        }
      }
    }
  }
}
