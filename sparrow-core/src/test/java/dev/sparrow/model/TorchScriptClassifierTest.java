package dev.sparrow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparrow.BadInput;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.Mutations;
import dev.sparrow.testing.TorchScripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that Python saved, against what Python computed with them. */
class TorchScriptClassifierTest {

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"traced", "control-flow", "normalized", "training", "frozen", "in-place", "double", "bfloat"})
  void computesWhatPythonComputes(String name) {
    try (TorchScriptClassifier model = TorchScripts.load(name)) {
      Tensor images = TorchScripts.images(2, TorchScripts.SIZE);
      for (int i = 0; i < 3; i++) { // libtorch would rewrite a program after it has run once or twice
        try (Pass evaluation = model.forward(images, Recording.NONE);
            Pass attack = model.forward(images, Recording.INPUT)) {
          assertClose(evaluation.logits(), name, "logits", 1e-5);
          assertClose(attack.logits(), name, "logits", 1e-5);
          assertClose(attack.inputGradient(TorchScripts.direction()), name, "gradient", 1e-4);
        }
      }
      assertThat(Tensors.toFloats(images)).as("unchanged").containsExactly(Tensors.toFloats(TorchScripts.images(2, TorchScripts.SIZE)));
    }
  }

  /** Relative to the largest of its kind. */
  private static void assertClose(Tensor got, String name, String product, double tolerance) {
    float[] expected = TorchScripts.expected(name, product);
    float[] values = Tensors.toFloats(got);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isGreaterThan(0);
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i]).as(name + " " + product + " " + i).isCloseTo(expected[i], within(tolerance * largest));
    }
  }

  @Test
  void parametersAreConstantsWithoutGradients() {
    try (TorchScriptClassifier model = TorchScripts.load("training")) {
      assertThat(model.parameters().names())
          .containsExactly("first.weight", "first.bias", "second.weight", "second.bias", "linear.weight", "linear.bias", "norm.weight", "norm.bias");
      assertThat(model.buffers().names()).containsExactly("norm.running_mean", "norm.running_var", "norm.num_batches_tracked");
      try (Pass pass = model.forward(TorchScripts.images(2, TorchScripts.SIZE), Recording.INPUT)) {
        pass.inputGradient(TorchScripts.direction());
      }
      model.parameters().forEach((name, parameter) -> assertThat(parameter.requires_grad()).as(name).isFalse());
      model.parameters().forEach((name, parameter) -> assertThat(parameter.grad().defined()).as(name).isFalse());
      float[] before = logits(model);
      model.parameters().get("linear.bias").zero_();
      assertThat(logits(model)).as("the program's own").isNotEqualTo(before);
      assertThat(model.prunableParameters()).isEmpty();
    }
  }

  private static float[] logits(Classifier model) {
    try (Pass pass = model.forward(TorchScripts.images(2, TorchScripts.SIZE), Recording.NONE)) {
      return Tensors.toFloats(pass.logits());
    }
  }

  @ParameterizedTest
  @CsvSource({"traced, true", "rounded, true", "one-hot, false", "no-grad, false"})
  void knowsWhetherItGivesGradients(String name, boolean gives) {
    try (TorchScriptClassifier model = TorchScripts.load(name)) {
      assertThat(model.givesGradients()).isEqualTo(gives);
      Tensor images = TorchScripts.images(2, TorchScripts.SIZE);
      if (!gives) {
        assertThatThrownBy(() -> model.forward(images, Recording.INPUT))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessage("recording: expected NONE, got INPUT (" + TorchScripts.file(name) + ")");
      }
      assertThat(logits(model)).hasSize(2 * TorchScripts.CLASSES);
    }
  }

  @Test
  void isEvaluatedAndNotTrained() {
    try (TorchScriptClassifier model = TorchScripts.load("traced")) {
      assertThat(model.mode()).isEqualTo(Mode.EVAL);
      model.in(Mode.EVAL).close();
      assertThatThrownBy(() -> model.in(Mode.TRAIN))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("mode: expected EVAL, got TRAIN (" + TorchScripts.file("traced") + ")");
      assertThatThrownBy(() -> model.forward(TorchScripts.images(2, TorchScripts.SIZE), Recording.PARAMETERS))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("recording: expected NONE or INPUT, got PARAMETERS (" + TorchScripts.file("traced") + ")");
    }
  }

  @Test
  void sameTensorsInAnotherProgramAreAnotherModel() {
    try (TorchScriptClassifier one = TorchScripts.load("traced");
        TorchScriptClassifier again = TorchScripts.load("traced");
        TorchScriptClassifier other = TorchScripts.load("rounded")) {
      assertThat(one.program()).startsWith("TorchScript ").isEqualTo(again.program()).isNotEqualTo(other.program());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seven    | --num-classes: expected 7, as FILE gives so many logits, got 10
          pair     | TorchScript model: expected one tensor of logits, got a Tuple (FILE)
          labels   | logits: expected floating-point numbers, got Long (FILE)
          spatial  | logits: expected [2, 10], got [2, 6, 4, 4] (FILE)
          refusing | TorchScript model: expected one that runs on [N, 3, H, W] images in float32, got builtins.ValueError: images of 224 pixels only (FILE)
          """)
  void whatIsNoClassifierIsRefused(String name, String message) {
    assertThatThrownBy(() -> TorchScripts.load(name))
        .isInstanceOf(BadInput.class)
        .hasMessage(message.replace("FILE", TorchScripts.file(name).toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /pytorch/plain.pt    | a program of torch.jit.save, got a checkpoint of torch.save, which --weights reads
          /pytorch/deflated.pt | a program of torch.jit.save, got a checkpoint of torch.save, which --weights reads
          /torchscript/README.md | a zip archive of torch.jit.save, got another file
          /torchscript         | a file, got a folder
          """)
  void whatIsNoProgramIsRefused(String name, String message) {
    Path file = TorchScripts.resource(name);
    assertThatThrownBy(() -> TorchScriptClassifier.load(file, TorchScripts.CLASSES, TorchScripts.SIZE, DeviceSpec.CPU))
        .isInstanceOf(BadInput.class)
        .hasMessage("TorchScript model: expected " + message + " (" + file + ")");
  }

  /** A program whose code names what libtorch does not have. */
  @Test
  void whatLibtorchCannotLoadIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("unknown.pt");
    try (ZipFile whole = new ZipFile(TorchScripts.file("traced").toFile());
        ZipOutputStream changed = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(whole.entries())) {
        byte[] bytes = whole.getInputStream(entry).readAllBytes();
        changed.putNextEntry(new ZipEntry(entry.getName()));
        changed.write(new String(bytes, StandardCharsets.ISO_8859_1).replace("torch.relu", "torch.olala").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("TorchScript model: expected a model that libtorch can load, got Unknown builtin op: aten::olala")
        .hasMessageEndingWith(" (" + file + ")")
        .message()
        .doesNotContain("\n");
  }

  @Test
  @Timeout(60)
  void damagedFilesAreRefused(@TempDir Path folder) throws IOException {
    Mutations.check(Files.readAllBytes(TorchScripts.file("training")), folder.resolve("model.pt"), 40, TorchScriptClassifierTest::load);
  }

  @Test
  @Tag("heavy")
  @Timeout(600)
  void aThousandDamagedFilesAreRefused(@TempDir Path folder) throws IOException {
    Mutations.check(Files.readAllBytes(TorchScripts.file("training")), folder.resolve("model.pt"), 1_000, TorchScriptClassifierTest::load);
  }

  private static void load(Path file) throws IOException {
    TorchScriptClassifier.load(file, TorchScripts.CLASSES, TorchScripts.SIZE, DeviceSpec.CPU).close();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "INPUT"})
  void leavesNoNativeObjectsBehind(Recording recording) {
    try (TorchScriptClassifier model = TorchScripts.load("training")) {
      long[] counts = new long[60];
      for (int i = 0; i < counts.length; i++) {
        try (TensorScope step = TensorScope.open();
            Pass pass = model.forward(TorchScripts.images(2, TorchScripts.SIZE), recording)) {
          if (recording == Recording.INPUT) {
            pass.inputGradient(TorchScripts.direction());
          }
        }
        counts[i] = Pointer.totalCount();
      }
      assertThat(counts[59]).isLessThanOrEqualTo(counts[10]);
    }
  }

  @Test
  void loadingAndRefusingLeaveNoNativeObjectsBehind() {
    long[] counts = new long[4];
    for (int i = 0; i < counts.length; i++) {
      TorchScripts.load("training").close();
      for (String name : new String[] {"seven", "pair", "labels", "refusing"}) {
        assertThatThrownBy(() -> TorchScripts.load(name)).isInstanceOf(BadInput.class);
      }
      counts[i] = Pointer.totalCount();
    }
    assertThat(counts[3]).isLessThanOrEqualTo(counts[1]);
  }
}
