package dev.sparrow.cli;

import dev.sparrow.BadInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command line that says by itself what a command line, a settings file and {@code --set} say together. */
final class CommandWords {

  private final Map<SettableOption, List<String>> texts = new LinkedHashMap<>();
  private final CommandSpec command;

  /**
   * Puts together what was given; what is typed wins over the file, and {@code --set} over both.
   *
   * @param typed the command with its options
   * @param settings the file and {@code --set}
   */
  CommandWords(ParseResult typed, Settings settings) {
    command = typed.commandSpec();
    putAll(texts(settings.file()));
    Map<SettableOption, List<String>> given = new LinkedHashMap<>();
    for (ArgSpec arg : typed.matchedArgs()) {
      SettableOption option = new SettableOption(arg);
      given.put(option, option.typed());
    }
    putAll(given);
    putAll(texts(settings.assigned()));
  }

  private static Map<SettableOption, List<String>> texts(SettingsLayer layer) {
    Map<SettableOption, List<String>> texts = new LinkedHashMap<>();
    layer.options().forEach((option, value) -> texts.put(option, option.texts(value)));
    return texts;
  }

  private void putAll(Map<SettableOption, List<String>> layer) {
    layer.forEach((option, given) -> option.choice().filter(choice -> !option.words(given).isEmpty()).ifPresent(this::removeAlternatives));
    texts.putAll(layer);
  }

  private void removeAlternatives(String choice) {
    texts.keySet().removeIf(option -> option.choice().equals(Optional.of(choice)));
  }

  /**
   * The words.
   *
   * @return without the program's name
   */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of(command.qualifiedName(" ").split(" ")));
    words.remove(0);
    texts.forEach((option, given) -> words.addAll(option.arg().isOption() ? option.words(given) : List.of()));
    words.addAll(parameters());
    return words;
  }

  /** Parameters are told apart by their places alone. */
  private List<String> parameters() {
    List<String> words = new ArrayList<>();
    Optional<SettableOption> missing = Optional.empty();
    for (PositionalParamSpec parameter : command.positionalParameters().stream().sorted(Comparator.comparing(one -> one.index().min())).toList()) {
      SettableOption option = new SettableOption(parameter);
      List<String> given = texts.getOrDefault(option, List.of());
      if (given.isEmpty()) {
        missing = missing.or(() -> Optional.of(option));
      } else if (missing.isPresent()) {
        throw BadInput.usage(option.name(), "a value of " + missing.get().name() + " beside it", "none");
      }
      words.addAll(given);
    }
    return words;
  }
}
