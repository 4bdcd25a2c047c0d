package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Options and configuration keys agree. */
class RunOptionTest {

  @Test
  void everyConfigurationKeyHasItsOption() {
    List<String> optional =
        List.of(
            "data.dir", "sparsity.dynamicEpoch", "prune.scope", "prune.rounds", "prune.ticket", "earlyBird.lr", "earlyBird.threshold",
            "earlyBird.rewindEpoch", "earlyBird.pretrained");
    List<String> keys = new ArrayList<>(optional);
    collect("", Json.tree(RunConfig.DEFAULT), keys);
    List<String> covered = Arrays.stream(RunOption.values()).flatMap(option -> option.keys().stream()).toList();
    assertThat(covered).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(covered)).isEqualTo(new TreeSet<>(keys));
  }

  private static void collect(String prefix, JsonNode node, List<String> keys) {
    node.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                collect(prefix + entry.getKey() + ".", entry.getValue(), keys);
              } else {
                keys.add(prefix + entry.getKey());
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void trainHasEveryOption(RunOption option) {
    assertThat(Program.commandLine().getSubcommands().get("train").getCommandSpec().optionsMap()).containsKey(option.option());
    assertThat(RunOption.named(option.option())).isEqualTo(Optional.of(option));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --lr-milestones | (epochs, ascending; default: 100,150)
          --train-eps | (pixel units, at least 0; default: 8/255)
          --weight-decay | (at least 0; default: 0.0005)
          --random-start | (a switch; default: on)
          --dynamic-frequency | (a switch; default: off)
          --dynamic-epoch | (epochs, at least 0; default: half of the epochs)
          --init | (one of igq, erk, er, uniform, time-aware; default: igq)
          --test-attack-steps | (steps, at least 1; default: 20)
          --train-attack-steps | (steps, at least 1; default: 10)
          """)
  void helpNamesRangeAndDefault(String option, String ending) {
    String[] description = Program.commandLine().getSubcommands().get("train").getCommandSpec().optionsMap().get(option).description();
    assertThat(String.join(" ", description)).endsWith(ending);
  }
}
