package dev.sparrow.cli;

import dev.sparrow.io.Json;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** A command that prints one result, as text or with {@code --json} as one JSON object. */
abstract class ResultCommand extends SettingsCommand {

  @Option(names = "--json", order = LAST, description = "Print the result as one JSON object (a switch; default: text)")
  private boolean json;

  /**
   * Prints the result.
   *
   * @param result what JSON holds
   * @param text the same for people, made only when it is printed
   */
  final void print(Object result, Supplier<String> text) {
    out().println(json ? Json.line(result) : text.get().stripTrailing());
  }
}
