package dev.sparrow.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sparrow.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KernelLoaderTest {

  private static final String ADD_MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void theTestsRunOnVectors() {
    Kernels kernels = KernelLoader.load(KernelChoice.VECTOR, WordFormat.BF16);
    assertThat(kernels.description()).startsWith("vector kernels of " + 32 * kernels.lanes() + " bits: ");
    assertThat(KernelLoader.load(KernelChoice.AUTO, WordFormat.BF16)).hasSameClassAs(kernels);
  }

  @Test
  void plainOnesAreThereForTheAsking() {
    Kernels kernels = KernelLoader.load(KernelChoice.PLAIN, WordFormat.FP32);
    assertThat(kernels.description()).isEqualTo("plain kernels: asked for");
    assertThat(kernels.format()).isEqualTo(WordFormat.FP32);
    assertThat(kernels.lanes()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({"0", "17", "-1"})
  void refusesLanesThatNoVectorHas(int lanes) {
    assertThatThrownBy(() -> new PlainKernels(WordFormat.FP32, lanes)).isInstanceOf(BadInput.class)
        .hasMessage("lanes: expected 1 to 16, got " + lanes);
  }

  @Test
  void withoutTheModulePlainOnesRunAndSayWhy() throws Exception {
    String line = "16 lanes, plain kernels: module jdk.incubator.vector is not there (add --add-modules jdk.incubator.vector)";
    assertThat(run(List.of(), OtherWidthMain.class)).containsExactly(line, line, "passed");
  }

  @Test
  void withoutTheModuleVectorsAreRefused() throws Exception {
    assertThat(run(List.of(), VectorMain.class)).containsExactly("vector kernels: expected a Java runtime with vectors, "
        + "got module jdk.incubator.vector is not there (add --add-modules jdk.incubator.vector)");
  }

  @ParameterizedTest
  @CsvSource({"256, 8", "128, 4"})
  void narrowerVectorsCanBeAskedFor(int bits, int lanes) throws Exception {
    assumeVectorsOf(bits);
    List<String> lines = run(List.of(ADD_MODULE, "-Dsparrow.vector.bits=" + bits), OtherWidthMain.class);
    String line = lanes + " lanes, vector kernels of " + bits + " bits: asked for with -Dsparrow.vector.bits";
    assertThat(withoutWarning(lines)).containsExactly(line, line, "passed");
  }

  @Tag("heavy")
  @ParameterizedTest
  @CsvSource({"256", "128"})
  void narrowerVectorsKeepTheContract(int bits) throws Exception {
    assumeVectorsOf(bits);
    List<String> lines = run(List.of(ADD_MODULE, "-Dsparrow.vector.bits=" + bits), OtherWidthMain.class, "contract");
    assertThat(withoutWarning(lines)).last().isEqualTo("passed");
  }

  @Test
  void anUnknownWidthIsRefused() throws Exception {
    List<String> lines = run(List.of(ADD_MODULE, "-Dsparrow.vector.bits=100"), VectorMain.class);
    assertThat(withoutWarning(lines)).singleElement().asString().startsWith("sparrow.vector.bits: expected 128, 256 or 512")
        .endsWith("got 100");
  }

  private static void assumeVectorsOf(int bits) {
    int widest = 32 * KernelLoader.load(KernelChoice.AUTO, WordFormat.FP32).lanes();
    assumeThat(widest).as("bits of this processor").isGreaterThanOrEqualTo(bits);
  }

  private static List<String> withoutWarning(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("WARNING: Using incubator modules")).toList();
  }

  private static List<String> run(List<String> options, Class<?> main, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }

  /** Another process that insists on vectors. */
  static final class VectorMain {

    private VectorMain() {}

    public static void main(String[] args) {
      try {
        System.out.println(KernelLoader.load(KernelChoice.VECTOR, WordFormat.FP32).description());
      } catch (BadInput e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
