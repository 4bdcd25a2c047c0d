package dev.sparrow.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** A command that prints one result, as text or with {@code --json} as one JSON object. */
abstract class ResultCommand extends SparrowCommand implements Callable<Integer> {

  @Mixin private OutputOptions output;

  /**
   * Prints the result.
   *
   * @param result what JSON holds
   * @param text the same for people, made only when it is printed
   */
  final void print(Object result, Supplier<String> text) {
    output.print(out(), result, text);
  }
}
