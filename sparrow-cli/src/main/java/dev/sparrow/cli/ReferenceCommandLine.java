package dev.sparrow.cli;

import dev.sparrow.cli.ReferenceOption.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line of one of the reference's scripts.
 *
 * @param given the script's options that were given, and their values, in the script's order
 * @param nativeWords everything else, meant for the native command
 */
record ReferenceCommandLine(Map<ReferenceOption, String> given, List<String> nativeWords) {

  /** Whether an option of the script was given. */
  boolean has(ReferenceOption option) {
    return given.containsKey(option);
  }

  /** The value of an option of the script. */
  Optional<String> value(ReferenceOption option) {
    return Optional.ofNullable(given.get(option));
  }

  /** Whether an option of the native command was given beside the script's. */
  boolean hasNative(String option) {
    return nativeWords.stream().anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
  }

  /**
   * What the given options become.
   *
   * @param uses those of these uses only
   * @param except and without these
   * @return words of the native command line
   */
  List<String> handedOn(Set<Use> uses, Set<ReferenceOption> except) {
    return given.entrySet().stream()
        .filter(entry -> uses.contains(entry.getKey().use()) && !except.contains(entry.getKey()))
        .flatMap(entry -> entry.getKey().words(entry.getValue()).stream())
        .toList();
  }

  /**
   * The script's default for what neither of its options nor a native one says.
   *
   * @param option the script's
   * @param nativeOption the native one
   * @param value the default
   * @return words of the native command line, none if it is said
   */
  List<String> defaultOf(ReferenceOption option, String nativeOption, String value) {
    return has(option) ? List.of() : unlessGiven(nativeOption, value);
  }

  /**
   * A native option, unless it was given.
   *
   * @param nativeOption the option
   * @param value its value
   * @return words of the native command line, none if it was given
   */
  List<String> unlessGiven(String nativeOption, String value) {
    return hasNative(nativeOption) ? List.of() : List.of(nativeOption, value);
  }

  /** What to say about the given options that have no effect. */
  List<String> notes() {
    return given.entrySet().stream().flatMap(entry -> entry.getKey().note(entry.getValue()).stream()).toList();
  }
}
