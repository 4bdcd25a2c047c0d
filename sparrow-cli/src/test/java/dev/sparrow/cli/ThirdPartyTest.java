package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md names every library that the program runs on, and no other. */
class ThirdPartyTest {

  private static final Pattern ARTIFACT = Pattern.compile("`([a-z0-9-]+)`");

  /** Of the tests; the document names them in a sentence of its own. */
  private static final Pattern TESTING = Pattern.compile("junit-.*|opentest4j|archunit.*|assertj-core|byte-buddy|sparrow-.*");

  @Test
  void namesWhatIsOnTheClassPath() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("../THIRD-PARTY.md")).stream().filter(line -> line.startsWith("| ")).toList();
    TreeSet<String> named =
        rows.stream()
            .map(row -> row.split("\\|")[2])
            .flatMap(artifacts -> ARTIFACT.matcher(artifacts).results())
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> used =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).getFileName().toString().replaceFirst("-\\d.*", ""))
            .filter(artifact -> !TESTING.matcher(artifact).matches())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).contains("pytorch", "picocli").isEqualTo(named);
  }
}
