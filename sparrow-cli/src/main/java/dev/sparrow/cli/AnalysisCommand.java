package dev.sparrow.cli;

import dev.sparrow.analysis.AnalysisFiles;
import dev.sparrow.io.IOConsumer;
import dev.sparrow.report.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** An analysis: a command that prints one result and stores it beside a picture of it, in files of the command's name. */
abstract class AnalysisCommand extends ResultCommand {

  private static final Path FOLDER = Path.of("analysis");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the JSON file and the picture go (a folder, made if missing; default: analysis in the run folder, for anything but one run "
              + "in the current folder)")
  private Optional<Path> folder = Optional.empty();

  /**
   * Stores the result and prints it.
   *
   * @param source what was looked at, if that was one thing
   * @param result what the JSON file holds, and {@code --json} prints
   * @param painter draws it
   * @param text the same for people, to be printed without {@code --json}
   * @throws IOException if a file cannot be written
   */
  final void finish(Optional<Path> source, Object result, IOConsumer<Path> painter, Supplier<String> text) throws IOException {
    finish(spec().name(), source, result, painter, text);
  }

  /** The same in files of another name than the command's, for a command with several kinds of results. */
  final void finish(String name, Optional<Path> source, Object result, IOConsumer<Path> painter, Supplier<String> text) throws IOException {
    AnalysisFiles files = new AnalysisFiles(folder.orElseGet(() -> defaultFolder(source)), name);
    files.write(result, painter);
    print(result, () -> Texts.format("%s%n%nnumbers  %s%npicture  %s", text.get().stripTrailing(), files.json(), files.picture()));
  }

  /** A ticket is replaced as a whole and has no place for more files. */
  private static Path defaultFolder(Optional<Path> source) {
    return source.filter(path -> new RunFolder(path).holdsRun()).map(run -> run.resolve(FOLDER)).orElse(FOLDER);
  }
}
