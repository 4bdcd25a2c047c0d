package dev.sparrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sparrow.report.RunFolder;
import dev.sparrow.report.RunLock;
import dev.sparrow.tensor.DeviceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with files, folders and machines: one line, the right exit code, nothing half-written. */
class BadInputTest {

  private static final int RECORD = 1 + 3 * 32 * 32;
  private static final String SMALL =
      " --width 2 --epochs 1 --batch-size 8 --train-attack-steps 1 --test-attack-steps 1 --limit-train 40 --limit-test 10 --threads 1";

  @TempDir private Path folder;

  private void assertOneLine(Program.Outcome outcome, int exitCode, String message) {
    assertThat(outcome.errorLines()).containsExactly(message);
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
  }

  private Program.Outcome train(String options) {
    return Program.run("train" + SMALL + " --device cpu --save-dir " + folder.resolve("run") + " " + options);
  }

  private Path cifar(int bytesOfTest, int label) throws IOException {
    Path data = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    Files.writeString(data.resolve("batches.meta.txt"), String.join("\n", "abcdefghij".split("")) + "\n");
    for (int i = 1; i <= 5; i++) {
      byte[] records = new byte[10 * RECORD];
      records[0] = (byte) label;
      Files.write(data.resolve("data_batch_" + i + ".bin"), records);
    }
    Files.write(data.resolve("test_batch.bin"), new byte[bytesOfTest]);
    return data;
  }

  @Test
  void aMissingDataFolder() {
    Path missing = folder.resolve("nowhere");
    assertOneLine(train("--dataset cifar10 --data " + missing), 1, "--data: expected a folder, got nothing (" + missing + ")");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aTruncatedDataFile() throws IOException {
    Path data = cifar(10 * RECORD - 1, 0);
    Program.Outcome outcome = train("--dataset cifar10 --data " + data);
    assertThat(outcome.errorLines()).singleElement().asString().contains(": expected ", ", got ").contains(data.resolve("test_batch.bin").toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aLabelOutOfRange() throws IOException {
    Path data = cifar(10 * RECORD, 10);
    Program.Outcome outcome = train("--dataset cifar10 --data " + data);
    assertThat(outcome.errorLines()).singleElement().asString().contains("label", ", got 10").contains("data_batch_1.bin");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("run")).doesNotExist();
    Program.Outcome verification = Program.run("data verify --dataset cifar10 --data " + data);
    assertThat(verification.exitCode()).isEqualTo(1);
    assertThat(verification.errorLines()).hasSize(5).allMatch(line -> line.contains("label"));
  }

  @Test
  void aFolderOfSomethingElse() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("thesis.tex"), "");
    assertOneLine(train(""), 1, "run folder: expected a new or empty folder, got one that holds 'thesis.tex' (" + run + ")");
    assertThat(run.toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void aRunFolderInUse() {
    assertThat(train("--objective standard").exitCode()).isZero();
    Path run = folder.resolve("run");
    try (RunLock lock = new RunFolder(run).lock()) {
      Program.Outcome outcome = Program.run("train --resume --save-dir " + run);
      assertThat(outcome.errorLines()).singleElement().asString().startsWith("run folder: expected one that nobody is writing to, got one in use by process ");
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aDamagedCheckpoint() throws IOException {
    assertThat(train("--objective standard").exitCode()).isZero();
    Path last = folder.resolve("run/checkpoints/last");
    try (var files = Files.walk(last)) {
      Path tensors = files.filter(file -> file.endsWith("tensors.safetensors")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(tensors);
      bytes[bytes.length - 1] ^= 1;
      Files.write(tensors, bytes);
    }
    Program.Outcome outcome = Program.run("evaluate --checkpoint last " + folder.resolve("run"));
    assertThat(outcome.errorLines()).singleElement().asString().startsWith("checksum of tensors.safetensors: expected ").contains(last.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void noRunToLookAt() {
    Path nowhere = folder.resolve("nowhere");
    String message = "run folder: expected a folder that holds a run, got nothing (" + nowhere + ")";
    assertOneLine(Program.run("evaluate " + nowhere), 1, message);
    assertOneLine(Program.run("attack " + nowhere), 1, message);
    assertOneLine(Program.run("inspect checkpoint " + nowhere), 1, message);
    assertOneLine(Program.run("train --resume --save-dir " + nowhere), 1, message);
    assertOneLine(Program.run("evaluate"), 2, "model: expected a run folder, --weights or --torchscript, got none");
    assertOneLine(Program.run("evaluate a --weights b"), 2, "model: expected a run folder or --weights, got both");
  }

  @Test
  void weightsThatAreNone() throws IOException {
    Path weights = Files.writeString(folder.resolve("weights.safetensors"), "not safetensors at all");
    String message = "weights: expected a PyTorch, safetensors or sparrow-sparse file, got another (" + weights + ")";
    assertOneLine(Program.run("evaluate --limit-test 10 --device cpu --weights " + weights), 1, message);
  }

  @Test
  void unknownAttacks() {
    assertOneLine(
        Program.run("evaluate --weights w --attack pdg"),
        2,
        "--attack: expected one of fgsm, pgd (with --test-attack-steps steps), pgd-K (with K steps), pgd-K-tN (towards N other classes), either "
            + "with xR behind it (R restarts), cw (of --norm), cw-l2, apgd-ce, apgd-dlr, apgd-t, fab, fab-t, square, got 'pdg'");
  }

  @Test
  void aLossThatIsNotFinite() {
    Program.Outcome outcome = train("--objective standard --lr 1e30 --epochs 3");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.errorLines().get(outcome.errorLines().size() - 1)).contains("expected a finite number, got ").endsWith("the last checkpoint is kept");
  }

  @Test
  void aLayerWithoutWeights() {
    Program.Outcome outcome = train("--objective standard --epochs 2 --method gradual --density 0.0002");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errorLines().get(outcome.errorLines().size() - 1))
        .startsWith("active weights: expected at least one in every layer, got none in ")
        .contains("layer4.1.conv2.weight (")
        .endsWith("; --allow-collapse lets it pass)");
  }

  @Test
  void noGpuWhenOneWasAskedFor() {
    assumeFalse(DeviceSpec.resolve("auto").isCuda(), "this machine has a GPU");
    Program.Outcome outcome = Program.run("train" + SMALL + " --device cuda --save-dir " + folder.resolve("run"));
    assertOneLine(outcome, 2, "--device: expected cpu (no CUDA device was found), got cuda");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  @Test
  void anUnexpectedErrorIsOneLineToo() {
    Program.Outcome outcome = Program.run("bench step --width 1 --batch -1 --repetitions 1");
    assertThat(outcome.errorLines()).hasSize(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
