package dev.sparrow.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints the script with which a shell completes Sparrow's commands, options and names. */
@Command(
    name = "completion",
    description = "Prints the completion script for bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {"  source <(sparrow completion)", "  sparrow completion > ~/.local/share/bash-completion/completions/sparrow"})
final class CompletionCommand extends SparrowCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    out().print(AutoComplete.bash("sparrow", spec().root().commandLine()));
    return ExitCode.OK;
  }
}
