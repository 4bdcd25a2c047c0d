package dev.sparrow.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes Sparrow's commands, options and names. */
@Command(
    name = "completion",
    description = "Prints the completion script for bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {"  source <(sparrow completion)", "  sparrow completion > ~/.local/share/bash-completion/completions/sparrow"})
final class CompletionCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash("sparrow", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
