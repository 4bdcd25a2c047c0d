package dev.sparrow.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An option of one of the reference's scripts, and what it becomes here.
 *
 * @param option its spelling there, for example {@code --save_dir}
 * @param label placeholder of its value; empty for a switch
 * @param defaultText its default there; empty if the script insists on it
 * @param description what it is for
 * @param use what it is good for
 * @param translation from its value to words of the native command line
 */
record ReferenceOption(
    String option, String label, Optional<String> defaultText, String description, Use use, Function<String, List<String>> translation) {

  /** What an option is good for. */
  enum Use {
    /** Handed on to the command that trains. */
    TRAINING,
    /** Handed on to that and to {@code evaluate}. */
    BOTH,
    /** Decides, with others, what the native command line is. */
    COMMAND,
    /** Accepted and without effect. */
    NOTHING
  }

  /** An option with a value and a default. */
  static ReferenceOption value(
      String option, String label, String defaultText, String description, Use use, Function<String, List<String>> translation) {
    return new ReferenceOption(option, label, Optional.of(defaultText), description, use, translation);
  }

  /** An option with a value and a default that only has another name here. */
  static ReferenceOption renamed(String option, String label, String defaultText, String description, Use use, String nativeOption) {
    return value(option, label, defaultText, description, use, value -> List.of(nativeOption, value));
  }

  /** An option that the script insists on. */
  static ReferenceOption required(String option, String label, String description, Use use, Function<String, List<String>> translation) {
    return new ReferenceOption(option, label, Optional.empty(), description, use, translation);
  }

  /** A switch, which is off by default. */
  static ReferenceOption flag(String option, String description, Use use, String... words) {
    return value(option, "", "not given", description, use, value -> List.of(words));
  }

  /** An option that has no effect; its description says why. */
  static ReferenceOption ignored(String option, String label, String defaultText, String description) {
    return value(option, label, defaultText, description, Use.NOTHING, value -> List.of());
  }

  /** All spellings: the reference's own and, where that has hyphens, the one with underscores. */
  String[] names() {
    String other = "--" + option.substring(2).replace('-', '_');
    return Stream.of(option, other).distinct().toArray(String[]::new);
  }

  /** Whether it has no value. */
  boolean isFlag() {
    return label.isEmpty();
  }

  /** Help text with the reference's default. */
  String help() {
    return description + " (default: " + defaultText.orElse("none, it must be given") + ")";
  }

  /** The words of the native command line that a value becomes. */
  List<String> words(String value) {
    return translation.apply(value);
  }

  /** What to say about a value that changes nothing here. */
  Optional<String> note(String value) {
    boolean changed = use == Use.NOTHING && !Optional.of(value).equals(defaultText);
    return changed ? Optional.of(option + " " + value + ": a" + description.substring(1)) : Optional.empty();
  }

  /** The reference's README marks what the reader fills in by brackets, as in {@code [data/cifar10]}. */
  static String unbracketed(String value) {
    return value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
  }

  /** A length that the scripts take in levels of 255. */
  static String pixels(String levels) {
    return levels + "/255";
  }
}
