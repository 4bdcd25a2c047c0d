package dev.sparrow.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.io.Json;
import dev.sparrow.io.Leaves;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The identity of a configuration: equal hashes mean that two runs compute the same.
 *
 * <p>It is the SHA-256 of the configuration's canonical JSON: one line, dotted keys sorted, values that equal their default left out. So a
 * new key with a default changes no old hash, and neither does an explicit default. Left out as well is what cannot change a result: where
 * the images lie ({@code data.dir}) and how often a checkpoint is saved ({@code runtime.checkpointEvery}). Device, engine,
 * precision and thread count stay in, since they change the rounding of floating-point sums. Changing a default changes the meaning of old hashes, so it is a
 * breaking change.
 */
public final class ConfigHash {

  private static final Set<String> INCONSEQUENTIAL = Set.of("data.dir", "runtime.checkpointEvery");

  private ConfigHash() {}

  /**
   * The hash of a configuration.
   *
   * @param config the configuration
   * @return {@code "sha256:"} and 64 hexadecimal digits
   */
  public static String of(RunConfig config) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical(config).getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The hash of a configuration whatever its engine. A checkpoint belongs to it: one engine may continue what another began, since they
   * compute the same but for rounding.
   *
   * @param config the configuration
   * @return what {@link #of} gives for the same configuration with the default engine
   */
  public static String acrossEngines(RunConfig config) {
    return of(config.withEngine(RuntimeConfig.DEFAULT.engine()));
  }

  /**
   * Why two configurations have different hashes.
   *
   * @param config one of them
   * @param other the other
   * @return for example {@code "epochs 5 instead of 10"}, sorted by key; empty if the hashes are equal
   */
  public static List<String> differences(RunConfig config, RunConfig other) {
    Map<String, JsonNode> mine = consequential(config);
    Map<String, JsonNode> its = consequential(other);
    Set<String> keys = new TreeSet<>(mine.keySet());
    keys.addAll(its.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(mine.get(key), its.get(key)))
        .map(key -> key + " " + text(its, key) + " instead of " + text(mine, key))
        .toList();
  }

  private static String text(Map<String, JsonNode> values, String key) {
    return values.containsKey(key) ? (values.get(key).isTextual() ? values.get(key).asText() : values.get(key).toString()) : "none";
  }

  /** The text that is hashed: a flat object of dotted keys. */
  static String canonical(RunConfig config) {
    Map<String, JsonNode> defaults = consequential(RunConfig.DEFAULT);
    Map<String, JsonNode> values = consequential(config);
    values.entrySet().removeIf(entry -> entry.getValue().equals(defaults.get(entry.getKey())));
    return Json.line(values);
  }

  private static Map<String, JsonNode> consequential(RunConfig config) {
    Map<String, JsonNode> values = new TreeMap<>(Leaves.of((ObjectNode) Json.tree(config), "configuration"));
    values.keySet().removeAll(INCONSEQUENTIAL);
    return values;
  }
}
