package dev.sparrow.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: {@code sparrow COMMAND}. */
@Command(
    name = "sparrow",
    description = "Trains and measures image classifiers that are robust against adversarial perturbations, dense or sparse.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Versions.class,
    subcommands = {
      TrainCommand.class,
      RobustBirdCommand.class,
      PruneCommand.class,
      SweepCommand.class,
      MainAdvCommand.class,
      TrainEbCommand.class,
      EvaluateCommand.class,
      ReportCommand.class,
      AttackCommand.class,
      AnalyzeCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      InspectCommand.class,
      DataCommand.class,
      BenchCommand.class,
      CompletionCommand.class
    },
    footerHeading =
        "%nExit codes: 0 done, 1 failed, 2 wrong usage, 3 training diverged, 4 evaluation flagged unreliable, 130 interrupted (state saved).%n"
            + "%nExamples:%n",
    footer = {
      "  sparrow train --method flying-bird-plus --width 16 --epochs 4 --save-dir runs/first",
      "  sparrow evaluate runs/first --json",
      "  sparrow inspect quotas --arch resnet18 --density 0.2"
    })
public final class Main extends CommandGroup {

  @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the versions of Sparrow, Java and libtorch and exit")
  private boolean version;

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
    CommandLine commandLine = commandLine(writer(out), writer(err));
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
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    OneLineErrors errors = new OneLineErrors();
    CommandLine commandLine = new ProgramLine(new Main());
    HelpLayout.apply(commandLine);
    return commandLine
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
