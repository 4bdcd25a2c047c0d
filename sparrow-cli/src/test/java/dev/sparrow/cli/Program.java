package dev.sparrow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.config.ConfigFile;
import dev.sparrow.config.RunConfig;
import dev.sparrow.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Runs of the program within the test's process. */
final class Program {

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private Program() {}

  /** What a run printed and how it ended. */
  record Outcome(int exitCode, String out, String err) {

    /** The lines of stderr. */
    List<String> errorLines() {
      return err.lines().toList();
    }
  }

  /** Runs the words of a command line, quoted as in a shell. */
  static Outcome run(String commandLine) {
    return run(words(commandLine).toArray(String[]::new));
  }

  static Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Main.run(args, new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The program's commands, not run. */
  static CommandLine commandLine() {
    return Main.commandLine(new PrintWriter(System.out), new PrintWriter(System.err));
  }

  /** The words of a command line in a document, with settings files that are there: those of documents, or the defaults for those of runs. */
  static String[] documented(String commandLine) throws IOException {
    List<String> words = new ArrayList<>(words(commandLine));
    int file = words.indexOf("--config") + 1;
    if (file > 0) {
      Path written = Path.of("..").resolve(words.get(file));
      words.set(file, (Files.exists(written) ? written : someRun()).toString());
    }
    return words.toArray(String[]::new);
  }

  private static Path someRun() throws IOException {
    Path file = Files.createTempFile("config", ".json");
    file.toFile().deleteOnExit();
    return Files.writeString(file, ConfigFile.text(RunConfig.DEFAULT));
  }

  /** Runs a command line and reads the JSON that it prints. */
  static JsonNode json(String commandLine) {
    Outcome outcome = run(commandLine);
    if (outcome.exitCode() != 0) {
      throw new AssertionError("exit code " + outcome.exitCode() + ": " + outcome.err());
    }
    return Json.parse(outcome.out(), JsonNode.class, commandLine);
  }

  static List<String> words(String commandLine) {
    return WORD.matcher(commandLine).results().map(match -> quoted(match.group())).toList();
  }

  private static String quoted(String word) {
    Matcher matcher = WORD.matcher(word);
    return matcher.matches() && matcher.group(3) == null ? word.substring(1, word.length() - 1) : word;
  }
}
