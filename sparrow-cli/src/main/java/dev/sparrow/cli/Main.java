package dev.sparrow.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program: {@code sparrow COMMAND}. */
@Command(
    name = "sparrow",
    description = "Trains and measures image classifiers that are robust against adversarial perturbations, dense or sparse.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Versions.class,
    subcommands = {
      InspectCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%nExit codes: 0 done, 1 failed, 2 wrong usage, 3 training diverged, 130 interrupted (state saved).%n%nExamples:%n",
    footer = {
      "  sparrow inspect arch --arch resnet18 --width 16",
    })
public final class Main implements Runnable {

  @Mixin private CommonOptions common;

  @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the versions of Sparrow, Java and libtorch and exit")
  private boolean version;

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs the program and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Runs the program in this process.
   *
   * @param args the command line
   * @param out takes results
   * @param err takes progress and errors
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    CommandLine commandLine = commandLine(out, err);
    try {
      return commandLine.execute(args);
    } finally {
      commandLine.getOut().flush();
      commandLine.getErr().flush();
    }
  }

  /**
   * The program's commands and options.
   *
   * @param out takes results
   * @param err takes progress and errors
   * @return ready to execute
   */
  static CommandLine commandLine(PrintStream out, PrintStream err) {
    OneLineErrors errors = new OneLineErrors();
    CommandLine commandLine = new CommandLine(new Main());
    HelpLayout.apply(commandLine);
    return commandLine
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw OneLineErrors.missingCommand(spec);
  }
}
