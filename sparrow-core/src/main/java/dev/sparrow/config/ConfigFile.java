package dev.sparrow.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.BadInput;
import dev.sparrow.io.Documents;
import dev.sparrow.io.Json;
import dev.sparrow.io.Leaves;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * {@code config.json} of a run folder: a {@code version}, the {@code hash} of the configuration, and then every value, defaults too.
 *
 * <p>Version 1 is the first. A key that a later Sparrow adds is missing from older files and then has its default.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ConfigFile {

  /** The layout that this Sparrow writes. */
  public static final int VERSION = 1;

  private static final String VERSION_KEY = "version";
  private static final String HASH_KEY = "hash";

  private ConfigFile() {}

  /**
   * The text of the file.
   *
   * @param config the whole configuration
   * @return indented JSON with a final line break
   */
  public static String text(RunConfig config) {
    return Json.pretty(tree(config));
  }

  /**
   * What the file holds.
   *
   * @param config the whole configuration
   * @return a fresh tree
   */
  public static ObjectNode tree(RunConfig config) {
    ObjectNode file = Json.mapper().createObjectNode();
    file.put(VERSION_KEY, VERSION);
    file.put(HASH_KEY, ConfigHash.of(config));
    file.setAll((ObjectNode) Json.tree(config));
    return file;
  }

  /**
   * What a file holds, perhaps more or less than a configuration.
   *
   * @param file JSON or, by its name, YAML
   * @return values by dotted key, without version and hash
   * @throws BadInput if the file is missing or malformed, or of a later Sparrow
   */
  public static Map<String, JsonNode> leaves(Path file) {
    ObjectNode parts = Documents.read(file, "configuration");
    checkVersion(parts, file);
    parts.remove(VERSION_KEY);
    parts.remove(HASH_KEY);
    return Leaves.of(parts, file);
  }

  /**
   * Reads the configuration of a run back and checks that it is the one that was written.
   *
   * @param file {@code config.json} of a run folder
   * @return the configuration
   * @throws BadInput if the file is missing or malformed, or was edited since
   */
  public static RunConfig read(Path file) {
    RunConfig config = ConfigSources.defaults().file(file).resolve();
    String stored = Json.read(file, JsonNode.class).path(HASH_KEY).asText("nothing");
    if (!stored.equals(ConfigHash.of(config))) {
      throw BadInput.data("hash", ConfigHash.of(config) + " as the values have it", stored, file);
    }
    return config;
  }

  /**
   * Every value as text, for tables.
   *
   * @param config the whole configuration
   * @return values by dotted key, in the order of the file; a value that is empty is missing
   */
  public static Map<String, String> values(RunConfig config) {
    Map<String, String> values = new LinkedHashMap<>();
    Leaves.of((ObjectNode) Json.tree(config), "configuration")
        .forEach((key, value) -> values.put(key, value.isTextual() ? value.asText() : value.toString()));
    return values;
  }

  /** Refuses the files of a later Sparrow; a file without a version is one that a user wrote. */
  private static void checkVersion(ObjectNode root, Path file) {
    JsonNode version = root.path(VERSION_KEY);
    if (!version.isMissingNode() && (!version.isIntegralNumber() || version.asInt() < 1 || version.asInt() > VERSION)) {
      throw BadInput.data(VERSION_KEY, "1 to " + VERSION, version, file);
    }
  }
}
