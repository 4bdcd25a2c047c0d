package dev.sparrow.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sparrow.BadInput;
import dev.sparrow.io.Documents;
import dev.sparrow.io.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Builds a {@link RunConfig} from what the user gave: the defaults, then files, then single values, each over the ones before.
 *
 * <pre>
 * RunConfig config = ConfigSources.defaults().file(Path.of("run.yaml")).set("sparsity.density=0.1").resolve();
 * </pre>
 *
 * A file may hold any part of the configuration, as JSON or YAML, also the {@code config.json} of another run. Keys and kinds of values are
 * checked as they come, ranges in {@link #resolve()}, since only the whole can be judged.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class ConfigSources {

  private final ConfigTree tree;
  private final Map<String, String> origins = new LinkedHashMap<>();

  private ConfigSources(RunConfig base) {
    tree = new ConfigTree(base);
  }

  /**
   * Starts from the defaults.
   *
   * @return nothing but {@link RunConfig#DEFAULT} yet
   */
  public static ConfigSources defaults() {
    return over(RunConfig.DEFAULT);
  }

  /**
   * Starts from a configuration.
   *
   * @param base what applies where nothing else is given
   * @return nothing but the base yet
   */
  public static ConfigSources over(RunConfig base) {
    return new ConfigSources(base);
  }

  /**
   * Everything that may be set.
   *
   * @return dotted keys, those of optional values too
   */
  public static Set<String> keys() {
    return ConfigTree.keys();
  }

  /**
   * Puts a file over what is there.
   *
   * @param file JSON or, by its name, YAML ({@code .yaml}, {@code .yml})
   * @return this
   * @throws BadInput if the file is missing or malformed, a key is unknown, or a value is of the wrong kind
   */
  public ConfigSources file(Path file) {
    boolean yaml = Documents.isYaml(file);
    ConfigFile.leaves(file).forEach((key, value) -> set(key, value, yaml, file.toString()));
    return this;
  }

  /**
   * Puts one value over what is there, as {@code --set} does.
   *
   * @param assignment a dotted key and a value, for example {@code "sparsity.density=0.1"} or {@code "optimizer.lrMilestones=100,150"}
   * @return this
   * @throws BadInput if the key is unknown or the value is of the wrong kind
   */
  public ConfigSources set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw BadInput.usage("--set", "key=value", "'" + assignment + "'");
    }
    return set(assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip(), "--set " + assignment);
  }

  /**
   * Puts one value over what is there.
   *
   * @param key dotted, for example {@code "sparsity.density"}
   * @param value as a user types it; lists are comma-separated, and an empty text empties an optional value
   * @param where where it was given, for error messages, for example {@code "--density"}
   * @return this
   * @throws BadInput if the key is unknown or the value is of the wrong kind
   */
  public ConfigSources set(String key, String value, String where) {
    return set(key, JsonNodeFactory.instance.textNode(value), true, where);
  }

  /**
   * Puts one value over what is there.
   *
   * @param key dotted, for example {@code "sparsity.density"}
   * @param value as a file holds it
   * @param typed whether a text may stand for a number, as in YAML
   * @param where where it was given, for error messages
   * @return this
   * @throws BadInput if the key is unknown or the value is of the wrong kind
   */
  public ConfigSources set(String key, JsonNode value, boolean typed, String where) {
    tree.put(key, value, typed, where);
    origins.put(key, where);
    return this;
  }

  /**
   * The configuration.
   *
   * @return everything over the defaults
   * @throws BadInput if a value is out of range; the message names where it was given
   */
  public RunConfig resolve() {
    try {
      return Json.mapper().treeToValue(tree.root(), RunConfig.class);
    } catch (JsonMappingException e) {
      String key = Json.path(e);
      if (e.getCause() instanceof BadInput fault) {
        throw fault.at(origin(key));
      }
      throw BadInput.data(key, "a value that fits", e.getOriginalMessage().lines().findFirst().orElse("nothing"), origin(key), e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always well-formed", e);
    }
  }

  /** Where the value of a key, or the values below it, were given. */
  private String origin(String key) {
    String given =
        origins.entrySet().stream()
            .filter(entry -> key.isEmpty() || entry.getKey().equals(key) || entry.getKey().startsWith(key + "."))
            .map(Map.Entry::getValue)
            .distinct()
            .collect(Collectors.joining("; "));
    return given.isEmpty() ? "configuration" : given;
  }
}
