package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which options the script {@code sparrow} starts Java with: run in a folder of its own, with a java that says what it was given. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final String VECTORS = "--add-modules jdk.incubator.vector -XX:ObjectAlignmentInBytes=64";
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  @TempDir private Path home;

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(Path.of("..", "sparrow"), home.resolve("sparrow"), StandardCopyOption.COPY_ATTRIBUTES);
    executable(
        "jdk/bin/java", "#!/bin/sh\n[ \"$1\" = -version ] && echo 'openjdk version \"17.0.1\"' >&2 || printf '%s ' \"$@\"\n");
    for (String file : List.of("pom.xml", "sparrow-core/pom.xml", "sparrow-cli/pom.xml", ".sparrow-build/app/sparrow-cli.jar")) {
      write(file, "");
    }
    for (String folder : List.of("sparrow-core/src/main", "sparrow-cli/src/main", "sparrow-cli/target/lib")) {
      Files.createDirectories(home.resolve(folder));
    }
    write(".sparrow-build/stamp", ""); // newer than all of them: nothing is built
    write("dense/config.json", "{\"runtime\": {\n  \"device\": \"auto\",\n  \"engine\": \"dense\"}}");
    write("thin/config.json", "{\"runtime\": {\n  \"engine\": \"sparse\"}}");
    write("sweep.yaml", "base:\n  runtime: {engine: auto}\n");
    write("evaluation.yaml", "runtime: {engine: dense}\nevaluate: {quick: true, run: thin, attack: [pgd]}\n");
    write("evaluation.json", "{\n  \"evaluate\": {\n    \"run\": \"thin\",\n    \"quick\": true\n  }\n}");
    write("section.yaml", "evaluate:\n  run: dense\n  runtime:\n    engine: sparse\n");
    write("plain.yaml", "evaluate:\n  run: dense\nbench:\n  step:\n    against:\n      - sparse-fp32\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void executable(String name, String text) throws IOException {
    write(name, text);
    assertThat(home.resolve(name).toFile().setExecutable(true)).isTrue();
  }

  private String started(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("sparrow").toString()));
    command.addAll(Program.words(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    assertThat(output).endsWith("dev.sparrow.cli.Main " + String.join(" ", Program.words(arguments)) + " ");
    return output;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --engine sparse",
        "train --engine=sparse",
        "robust-bird --engine auto --density 0.1",
        "main_adv --set runtime.engine=sparse",
        "train --resume --save-dir thin",
        "train --config=thin/config.json",
        "evaluate thin",
        "evaluate --config evaluation.yaml",
        "evaluate --config=evaluation.json",
        "evaluate --config section.yaml",
        "bench step --config plain.yaml",
        "attack thin --out x",
        "sweep sweep.yaml",
        "bench step --against sparse-fp32",
        "bench inference",
        "bench inference --density 0.1"
      })
  void theSparseEngineHasItsVectors(String arguments) throws IOException, InterruptedException {
    assertThat(started(arguments)).contains(VECTORS).doesNotContain(QUICK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --engine dense",
        "train --device auto --sparse-thing",
        "train_eb --epochs 3",
        "robust-bird",
        "evaluate dense",
        "evaluate missing",
        "evaluate --config plain.yaml",
        "evaluate --config missing.yaml",
        "bench step"
      })
  void theDenseEngineStartsAsEver(String arguments) throws IOException, InterruptedException {
    assertThat(started(arguments)).doesNotContain("vector", "Alignment", QUICK);
  }

  @Test
  void whatComputesLittleStartsQuickly() throws IOException, InterruptedException {
    assertThat(started("inspect arch")).contains(QUICK).doesNotContain("vector");
    assertThat(started("report thin")).contains(QUICK).doesNotContain("vector");
  }
}
