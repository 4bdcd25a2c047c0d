package dev.sparrow.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparrow.io.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/**
 * A command that does something, so that what it does may stand in a settings file. {@link ProgramLine} reads the file and gives the command
 * its options as if they had been typed; what the file says of a run's configuration comes with {@link RunOptions}.
 */
abstract class SettingsCommand extends SparrowCommand implements Callable<Integer> {

  @Mixin private ConfigOptions sources;

  private Settings settings = Settings.NONE;

  /** Where settings come from besides single options. */
  final ConfigOptions sources() {
    return sources;
  }

  /** What they say. */
  final Settings settings() {
    return settings;
  }

  /** Takes what the sources say. */
  final void use(Settings read) {
    settings = read;
  }

  /** Whether its settings file has a run's configuration and sections of commands, as most have, or is read by the command itself. */
  boolean sharesSettings() {
    return true;
  }

  /** What {@code --print-config} shows ahead of the command's section, if not a run's configuration. */
  ObjectNode otherSettings() {
    return Json.mapper().createObjectNode();
  }
}
