package dev.sparrow.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Unmatched;

/** Takes the command lines of one of the reference's scripts, says which native command they become, and runs that. */
abstract sealed class ReferenceCommand extends SparrowCommand implements Callable<Integer> permits MainAdvCommand, TrainEbCommand {

  private final ReferenceScript script;

  @Unmatched private List<String> nativeWords = new ArrayList<>();

  /**
   * A command.
   *
   * @param script whose command lines it takes
   */
  ReferenceCommand(ReferenceScript script) {
    this.script = script;
  }

  /** Adds the script's options. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      ((ReferenceCommand) spec.userObject()).script.options().forEach(option -> spec.addOption(optionSpec(option)));
      return spec;
    }
  }

  private static OptionSpec optionSpec(ReferenceOption option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.names()).description(option.help()).required(option.defaultText().isEmpty());
    return option.isFlag()
        ? builder.type(boolean.class).arity("0").build()
        : builder.type(String.class).arity("1").paramLabel(option.label()).build();
  }

  @Override
  public final Integer call() {
    ReferenceScript.Translation translation = script.translate(new ReferenceCommandLine(given(), withoutBlanks()));
    translation.notes().forEach(err()::println);
    err().println(spec().name() + ": sparrow " + ShellWords.join(translation.words()));
    return Main.commandLine(out(), err()).execute(translation.words().toArray(String[]::new));
  }

  private Map<ReferenceOption, String> given() {
    Map<ReferenceOption, String> given = new LinkedHashMap<>();
    for (ReferenceOption option : script.options()) {
      if (parsed().hasMatchedOption(option.option())) {
        given.put(option, String.valueOf(parsed().<Object>matchedOptionValue(option.option(), "")));
      }
    }
    return Collections.unmodifiableMap(given);
  }

  /** The reference's README has a blank after a line's final backslash, which a shell takes for a word. */
  private List<String> withoutBlanks() {
    return nativeWords.stream().filter(word -> !word.isBlank()).toList();
  }
}
