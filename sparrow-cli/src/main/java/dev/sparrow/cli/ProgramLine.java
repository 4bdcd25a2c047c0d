package dev.sparrow.cli;

import dev.sparrow.BadInput;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The program's command line. Where a settings file or {@code --set} is given, it is parsed twice: once to know the command, the file and
 * what was typed, and once with what they say together. With {@code --print-config}, settings are printed and nothing is done.
 */
final class ProgramLine extends CommandLine {

  private static final List<String> SOURCES = List.of("--config", "--set");

  /**
   * A command line for one call.
   *
   * @param program the program's command
   */
  ProgramLine(Object program) {
    super(program);
    setExecutionStrategy(ProgramLine::execute);
  }

  @Override
  public ParseResult parseArgs(String... words) {
    boolean settings = Arrays.stream(words).anyMatch(ProgramLine::isSource) && called(words).userObject() instanceof SettingsCommand;
    return super.parseArgs(settings ? withSettings(words) : words);
  }

  private static boolean isSource(String word) {
    return SOURCES.stream().anyMatch(option -> word.equals(option) || word.startsWith(option + "="));
  }

  /** The command that the first words name. */
  private CommandSpec called(String... words) {
    CommandSpec command = getCommandSpec();
    for (int i = 0; i < words.length && command.subcommands().containsKey(words[i]); i++) {
      command = command.subcommands().get(words[i]).getCommandSpec();
    }
    return command;
  }

  /** The words with those that the settings stand for; the same words if they are wrong, so that parsing them again says how. */
  private String[] withSettings(String... words) {
    collectErrors(getCommandSpec(), true);
    ParseResult first = super.parseArgs(words);
    collectErrors(getCommandSpec(), false);
    Stream<Exception> errors = levels(first).flatMap(level -> level.errors().stream());
    boolean wrong = errors.anyMatch(error -> !(error instanceof MissingParameterException));
    if (wrong || asksForHelp(first)) {
      return words;
    }
    ParseResult typed = last(first);
    SettingsCommand command = (SettingsCommand) typed.commandSpec().userObject();
    try {
      command.use(new SettingsReader(typed).read(command.sources()));
      return new CommandWords(typed, command.settings()).words().toArray(String[]::new);
    } catch (BadInput e) {
      throw new ParameterException(typed.commandSpec().commandLine(), e.getMessage(), e);
    }
  }

  private static void collectErrors(CommandSpec command, boolean collect) {
    command.parser().collectErrors(collect);
    command.subcommands().values().forEach(below -> collectErrors(below.getCommandSpec(), collect));
  }

  private static int execute(ParseResult parsed) {
    CommandSpec last = last(parsed).commandSpec();
    if (asksForHelp(parsed) || !(last.userObject() instanceof SettingsCommand command) || !command.sources().print()) {
      return new RunLast().execute(parsed);
    }
    try {
      command.out().print(PrintedSettings.text(command));
      return ExitCode.OK;
    } catch (RuntimeException e) {
      throw new ExecutionException(last.commandLine(), e.getMessage(), e);
    }
  }

  private static boolean asksForHelp(ParseResult parsed) {
    return levels(parsed).anyMatch(level -> level.isUsageHelpRequested() || level.isVersionHelpRequested());
  }

  private static ParseResult last(ParseResult parsed) {
    return levels(parsed).reduce((group, command) -> command).orElseThrow();
  }

  private static Stream<ParseResult> levels(ParseResult parsed) {
    return parsed.asCommandLineList().stream().map(CommandLine::getParseResult);
  }
}
