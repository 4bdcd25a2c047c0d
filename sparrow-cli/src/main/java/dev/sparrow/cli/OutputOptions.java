package dev.sparrow.cli;

import dev.sparrow.io.Json;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How a command prints its result. */
final class OutputOptions {

  @Option(names = "--json", order = CommonOptions.LAST, description = "Print the result as one JSON object (a switch; default: text)")
  private boolean json;

  /**
   * Prints a result.
   *
   * @param out standard output
   * @param result what JSON holds
   * @param text the same for people, made only when it is printed
   */
  void print(PrintWriter out, Object result, Supplier<String> text) {
    out.println(json ? Json.line(result) : text.get().stripTrailing());
  }
}
