package dev.sparrow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The defaults of options as the help prints them, read off {@link RunConfig#DEFAULT}. */
final class RunDefaults {

  /** Options whose default is not a value. */
  private static final Map<RunOption, String> COMPUTED =
      Map.of(
          RunOption.DYNAMIC_EPOCH, "half of the epochs",
          RunOption.DATA, "none",
          RunOption.SCOPE, "layer for random, global for the others",
          RunOption.SCORE_ROUNDS, "100 for synflow, 1 for the others",
          RunOption.TICKET, "none",
          RunOption.STAGE1_LR, "that of the run, 0.2 for fast",
          RunOption.TICKET_THRESHOLD, "0.08 for unstructured, 0.1 for channel",
          RunOption.REWIND_EPOCH, "the last of the stage",
          RunOption.STAGE1_PRETRAINED, "none");

  private static final JsonNode TREE = Json.tree(RunConfig.DEFAULT);

  private RunDefaults() {}

  /**
   * An option's default.
   *
   * @param option the option
   * @return as a user would type it; the defaults of all its keys where they differ
   */
  static String text(RunOption option) {
    if (COMPUTED.containsKey(option)) {
      return COMPUTED.get(option);
    }
    return option.keys().stream().map(key -> text(TREE, key)).distinct().collect(Collectors.joining(" and "));
  }

  /**
   * One value of a configuration.
   *
   * @param tree the configuration
   * @param key dotted
   * @return as a user would type it; empty for an optional value that is absent
   */
  static String text(JsonNode tree, String key) {
    JsonNode value = tree.at("/" + key.replace('.', '/'));
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(","));
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "on" : "off";
    }
    return value.isDouble() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText();
  }
}
