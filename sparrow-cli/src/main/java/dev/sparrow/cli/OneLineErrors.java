package dev.sparrow.cli;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line on stderr, {@code what: expected ..., got ... (where)}, and an exit code. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException fault, String[] args) {
    Optional<BadInput> badInput = badInput(fault);
    String line = badInput.map(BadInput::getMessage).orElseGet(() -> describe(fault));
    print(line.lines().findFirst().orElse("usage"), fault.getCommandLine());
    return badInput.map(OneLineErrors::exitCode).orElse(ExitCode.USAGE);
  }

  @Override
  public int handleExecutionException(Exception fault, CommandLine command, ParseResult parsed) {
    if (asksForTrace(parsed)) {
      fault.printStackTrace(command.getErr());
    }
    Optional<BadInput> badInput = badInput(fault);
    if (badInput.isPresent()) {
      print(badInput.get().getMessage(), command);
      return exitCode(badInput.get());
    }
    command.getErr().println(describe(fault));
    return ExitCode.FAILURE;
  }

  /** What to say when a command that only groups others is called by itself. */
  static BadInput missingCommand(CommandSpec spec) {
    return BadInput.usage("command", "one of " + String.join(", ", spec.subcommands().keySet()), "nothing (" + spec.qualifiedName() + " --help)");
  }

  /** An option may have been given by a settings file. */
  private static void print(String line, CommandLine command) {
    Object called = command.getCommandSpec().userObject();
    command.getErr().println(called instanceof SettingsCommand one ? one.settings().located(line) : line);
  }

  private static int exitCode(BadInput fault) {
    return fault.isUsage() ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  private static boolean asksForTrace(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--stacktrace");
  }

  private static Optional<BadInput> badInput(Throwable fault) {
    for (Optional<Throwable> cause = Optional.of(fault); cause.isPresent(); cause = cause.map(Throwable::getCause)) {
      if (cause.get() instanceof BadInput badInput) {
        return Optional.of(badInput);
      }
    }
    return Optional.empty();
  }

  private static String describe(ParameterException fault) {
    CommandSpec spec = fault.getCommandLine().getCommandSpec();
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return describe(unmatched.getUnmatched().get(0), spec) + unmatched.getSuggestions().stream().findFirst().map(OneLineErrors::hint).orElse("");
    }
    if (fault instanceof MissingParameterException missing) {
      String names = missing.getMissing().stream().map(OneLineErrors::name).collect(Collectors.joining(", "));
      return names + ": expected a value, got nothing (" + spec.qualifiedName() + ")";
    }
    if (fault.getArgSpec() != null && fault.getValue() != null) {
      return name(fault.getArgSpec()) + ": expected " + form(fault.getArgSpec().typeInfo().getClassName()) + ", got '" + fault.getValue() + "'";
    }
    return fault.getMessage() + " (" + spec.qualifiedName() + ")";
  }

  private static String describe(String unmatched, CommandSpec spec) {
    String where = " (" + spec.qualifiedName() + ")";
    if (unmatched.startsWith("-")) {
      String name = unmatched.split("=", 2)[0];
      List<String> known = spec.options().stream().filter(option -> !option.hidden()).map(OptionSpec::longestName).sorted().toList();
      return "option: expected one of " + String.join(", ", known) + ", got '" + name + "'" + where;
    }
    if (!spec.subcommands().isEmpty()) {
      Collection<String> known = spec.subcommands().keySet();
      return "command: expected one of " + String.join(", ", known) + ", got '" + unmatched + "'" + where;
    }
    return "argument: expected options only, got '" + unmatched + "'" + where;
  }

  private static String form(String type) {
    return switch (type) {
      case "int", "long" -> "a whole number";
      case "double" -> "a number";
      default -> "a value that fits";
    };
  }

  private static String hint(String suggestion) {
    return "; did you mean " + suggestion + "?";
  }

  private static String name(ArgSpec argument) {
    return argument.isOption() ? ((OptionSpec) argument).longestName() : argument.paramLabel();
  }

  private static String describe(Exception fault) {
    if (fault instanceof UncheckedIOException wrapped) {
      boolean says = !wrapped.getMessage().equals(String.valueOf(wrapped.getCause()));
      return says ? firstLine(wrapped) : describe(wrapped.getCause());
    }
    if (fault instanceof IOException) {
      return "file: expected to read or write it, got " + fault.getClass().getSimpleName() + ": " + firstLine(fault);
    }
    return "unexpected error: " + fault.getClass().getSimpleName() + ": " + firstLine(fault) + " (run again with --stacktrace for the details)";
  }

  private static String firstLine(Exception fault) {
    return Optional.ofNullable(fault.getMessage()).flatMap(text -> text.lines().findFirst()).orElse("no message");
  }
}
